/*
 * One step of the worker: see step.h.
 */
#include "adapters/nodal/step.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/nodal/poster.h"
#include "adapters/nodal/program.h"
#include "adapters/nodal/rule_body.h"
#include "hub/base/clock.h"
#include "hub/base/log.h"

static int64_t
milliseconds_from_now(int milliseconds)
{
	return clock_now() + milliseconds * INT64_C(1000);
}

/* ---- one answer of one target */

/* Make the body that is due, and store it where a restart could make
 * another.  The program's answers are stored as its plan. */
static enum rc
make_body(const struct answers_settings *settings,
    const struct work_message *message, struct work_target *target,
    struct err *err)
{
	struct store_record record = { .kind = STORE_STEP,
		.id = message->id,
		.target = target->id,
		.n = target->n };
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };
	int64_t after_ms;
	const struct json_view *body = work_answer(
	    message, target, target->n, &after_ms);

	strbuf_init(&text, STORE_FILE_BODY_LIMIT);
	if (message->plan != NULL) {
		json_view_write(&text, body);
		target->body = strbuf_take(&text, NULL);
		return RC_OK;
	}
	TRY(rule_body_write(&text, body, target->view, clock_now(), err));
	record.body = text.bytes;
	if (journal_write(settings->journal, &record) != JOURNAL_STORED)
		return err_set(err, RC_UNAVAILABLE, "store_failed",
		    "the answer could not be stored");
	target->body = strbuf_take(&text, NULL);
	return RC_OK;
}

static void
log_verdict(const struct work_message *message,
    const struct work_target *target, const struct poster_verdict *verdict)
{
	char status[16], number[16];

	(void)snprintf(status, sizeof(status), "%d", verdict->status);
	(void)snprintf(number, sizeof(number), "%d", target->n);
	if (verdict->is_accepted)
		log_info("answer accepted", "message", message->id, "target",
		    target->id, "n", number, "status", status, "rule",
		    target->rule != NULL ? rules_name(target->rule) : "program",
		    NULL);
	else if (verdict->is_final)
		log_error("answer refused", "message", message->id, "target",
		    target->id, "n", number, "status", status, "code",
		    verdict->code, "detail", verdict->detail, NULL);
	else
		log_warn("answer will be posted again", "message", message->id,
		    "target", target->id, "n", number, "status", status, "code",
		    verdict->code, "detail", verdict->detail, NULL);
}

static void
post_answer(const struct answers_settings *settings,
    struct work_message *message, struct work_target *target)
{
	struct store_record record = { .kind = STORE_POSTED,
		.id = message->id,
		.target = target->id,
		.n = target->n };
	struct poster_verdict verdict;

	poster_post(settings->client, message->id, target->id, target->n,
	    target->body, &verdict);
	log_verdict(message, target, &verdict);
	if (!verdict.is_final) {
		target->due_at = milliseconds_from_now(
		    poster_pause_ms(++target->failures, &verdict));
		return;
	}
	record.status = verdict.status;
	record.at = clock_now();
	/* Lost in a crash, it is only posted again: nobody needs to wait. */
	journal_submit(settings->journal, &record, NULL, NULL);
	work_advance(message, target, record.at, verdict.is_accepted);
}

void
step_answer(const struct answers_settings *settings,
    struct work_message *message, struct work_target *target)
{
	const struct poster_verdict none = { .status = 0 };
	struct err err;
	enum rc rc = RC_OK;

	if (target->body == NULL)
		rc = make_body(settings, message, target, &err);
	if (rc == RC_OK) {
		post_answer(settings, message, target);
		return;
	}
	log_error(err.text, "message", message->id, "target", target->id,
	    "code", err.code, NULL);
	if (rc == RC_UNAVAILABLE)
		target->due_at = milliseconds_from_now(
		    poster_pause_ms(++target->failures, &none));
	else
		target->is_over = true; /* the rule does not fit the target */
}

/* ---- the program */

static enum rc
run_program(const struct answers_settings *settings,
    struct work_message *message, struct err *err)
{
	struct store_record record = { .kind = STORE_PLAN, .id = message->id };
	SCOPED(strbuf_clear) struct strbuf output = { .bytes = NULL };

	strbuf_init(&output, 2 * PROGRAM_OUTPUT_LIMIT);
	TRY(program_run(settings->program, message->text, strlen(message->text),
	    PROGRAM_DEADLINE_MS, &output, err));
	TRY(work_plan(message, output.bytes, err));
	record.body = output.bytes;
	if (journal_write(settings->journal, &record) == JOURNAL_STORED)
		return RC_OK;
	json_view_free(message->plan);
	message->plan = NULL;
	return err_set(err, RC_UNAVAILABLE, "store_failed",
	    "the program's answers could not be stored");
}

void
step_ask_program(
    const struct answers_settings *settings, struct work_message *message)
{
	const struct poster_verdict none = { .status = 0 };
	struct err err;

	if (run_program(settings, message, &err) == RC_OK)
		return;
	log_error(err.text, "message", message->id, "code", err.code, NULL);
	message->due_at = milliseconds_from_now(
	    poster_pause_ms(++message->failures, &none));
}
