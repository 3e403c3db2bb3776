/*
 * What is to be answered: see work.h.
 */
#include "adapters/nodal/work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/log.h"

/* The types that change what is asked of a target; a reminder does not. */
static const char *const changing_types[] = { "freeze.requested",
	"freeze.amended", "freeze.withdrawn", "correction.supplied",
	"hold.extend", "hold.reduce", "release.ordered" };

void
work_init(struct work *work, const struct rules *rules)
{
	work->rules = rules;
	work->first = NULL;
	work->last = &work->first;
}

static void
free_message(struct work_message *message)
{
	for (size_t i = 0; i < message->target_count; i++)
		free(message->targets[i].body);
	free(message->targets);
	json_view_free(message->document);
	json_view_free(message->plan);
	free(message->text);
	free(message);
}

void
work_clear(struct work *work)
{
	while (work->first != NULL) {
		struct work_message *next = work->first->next;

		free_message(work->first);
		work->first = next;
	}
	work->last = &work->first;
}

void
work_remove(struct work *work, struct work_message *message)
{
	struct work_message **link = &work->first;

	while (*link != message)
		link = &(*link)->next;
	*link = message->next;
	if (work->last == &message->next)
		work->last = link;
	free_message(message);
}

bool
work_is_over(const struct work_message *message)
{
	for (size_t i = 0; i < message->target_count; i++)
		if (!message->targets[i].is_over)
			return false;
	return true;
}

/* ---- answers */

/* The n-th of the program's answers for a target:
 * {"answers":[{"target":"tgt_…","after_ms":0,"body":{…}}]}. */
static const struct json_view *
planned_answer(const struct work_message *message,
    const struct work_target *target, int n, int64_t *after_ms)
{
	const struct json_view *answers = json_view_at(
	    message->plan, "answers");

	/* One target's answer may stand alone. */
	if (json_view_at(message->plan, "code") != NULL) {
		*after_ms = 0;
		return n == 0 ? message->plan : NULL;
	}
	for (size_t i = 0; i < json_view_count(answers); i++) {
		const struct json_view *item = json_view_item(answers, i);

		if (strcmp(json_view_text(item, "target", ""), target->id) !=
			0 ||
		    n-- > 0)
			continue;
		*after_ms = json_view_int(item, "after_ms", 0);
		return json_view_at(item, "body");
	}
	return NULL;
}

const struct json_view *
work_answer(const struct work_message *message,
    const struct work_target *target, int n, int64_t *after_ms)
{
	const struct json_view *body = NULL;

	if (message->plan != NULL)
		return planned_answer(message, target, n, after_ms);
	if (target->rule != NULL &&
	    rules_answer(target->rule, (size_t)n, after_ms, &body))
		return body;
	return NULL;
}

/* When is the next answer due, counted from `from`?  Without one: over. */
static void
schedule(const struct work_message *message, struct work_target *target,
    int64_t from)
{
	int64_t after_ms = 0;

	target->failures = 0;
	if (work_answer(message, target, target->n, &after_ms) == NULL)
		target->is_over = true;
	target->due_at = from + after_ms * 1000;
}

void
work_advance(struct work_message *message, struct work_target *target,
    int64_t now, bool is_accepted)
{
	free(target->body);
	target->body = NULL;
	target->n++;
	if (!is_accepted)
		target->is_over = true;
	else
		schedule(message, target, now);
}

static enum rc
check_plan(const struct work_message *message, const struct json_view *plan,
    struct err *err)
{
	const struct json_view *answers = json_view_at(plan, "answers");

	if (json_view_text(plan, "code", NULL) != NULL &&
	    message->target_count == 1)
		return RC_OK;
	if (!json_view_is_array(answers))
		return err_set(err, RC_INVALID, "bad_plan",
		    "the program must print {\"answers\":[...]}");
	for (size_t i = 0; i < json_view_count(answers); i++) {
		const struct json_view *item = json_view_item(answers, i);

		if (json_view_text(item, "target", NULL) == NULL ||
		    json_view_text(item, "body/code", NULL) == NULL)
			return err_set(err, RC_INVALID, "bad_plan",
			    "answer %zu of the program needs target and "
			    "body with a code",
			    i);
	}
	return RC_OK;
}

enum rc
work_plan(struct work_message *message, const char *text, struct err *err)
{
	SCOPED(json_view_cleanup) struct json_view *plan = NULL;
	size_t length = strspn(text, " \t\r\n");

	if (text[length] == '\0')
		text = "{\"answers\":[]}";
	TRY(json_view_parse(text, strlen(text), &plan, err));
	TRY(check_plan(message, plan, err));
	message->plan = plan;
	plan = NULL;
	for (size_t i = 0; i < message->target_count; i++)
		if (!message->targets[i].is_over)
			schedule(message, &message->targets[i], message->at);
	return RC_OK;
}

/* ---- messages */

static bool
changes_targets(const struct work_message *message)
{
	const char *type = json_view_text(message->document, "type", "");

	for (size_t i = 0; i < COUNT(changing_types); i++)
		if (strcmp(type, changing_types[i]) == 0)
			return true;
	return false;
}

/* End what older messages still wait to say about a target. */
static void
end_older(struct work *work, const char *target_id)
{
	for (struct work_message *message = work->first; message != NULL;
	     message = message->next)
		for (size_t i = 0; i < message->target_count; i++)
			if (strcmp(message->targets[i].id, target_id) == 0)
				message->targets[i].is_over = true;
}

static void
read_targets(struct work *work, struct work_message *message)
{
	const struct json_view *list = json_view_at(
	    message->document, "targets");
	bool is_change = changes_targets(message);

	message->targets = calloc(
	    json_view_count(list) + 1, sizeof(struct work_target));
	if (message->targets == NULL)
		abort();
	for (size_t i = 0; i < json_view_count(list); i++) {
		struct work_target *target = &message->targets[i];

		target->view = json_view_item(list, i);
		target->id = json_view_text(target->view, "id", "");
		if (is_change)
			end_older(work, target->id);
		if (work->rules == NULL)
			continue; /* until the program has spoken */
		target->rule = rules_match(
		    work->rules, message->document, target->view);
		schedule(message, target, message->at);
	}
	message->target_count = json_view_count(list);
}

enum rc
work_add(struct work *work, const char *id, int64_t at, const char *text,
    struct err *err)
{
	SCOPED(json_view_cleanup) struct json_view *document = NULL;
	struct work_message *message;

	TRY(json_view_parse(text, strlen(text), &document, err));
	message = calloc(1, sizeof(*message));
	if (message == NULL)
		abort();
	(void)snprintf(message->id, sizeof(message->id), "%s", id);
	message->at = message->due_at = at;
	message->text = strdup(text);
	message->document = document;
	document = NULL;
	if (message->text == NULL)
		abort();
	read_targets(work, message);
	*work->last = message;
	work->last = &message->next;
	return RC_OK;
}
