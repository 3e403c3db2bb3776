/*
 * Expected against found: see cli_demo_expected.h.
 */
#include "hub/cli/cli_demo_expected.h"

#include <stdint.h>
#include <string.h>

#include "hub/base/common.h"
#include "hub/cli/cli_demo_cell.h"

/* ---- looking for a target */

struct search {
	const struct json_view *wanted; /* of expected.json */
	const struct json_view *when;   /* or of an act */
	const struct json_view *found;
};

static bool
is_text(const struct json_view *value, const char *path, const char *text)
{
	return strcmp(json_view_text(value, path, ""), text) == 0;
}

static bool
fits(const struct search *search, const struct json_view *target)
{
	const struct json_view *wanted = search->wanted, *when = search->when;

	if (when != NULL)
		return is_text(target, "institution/slug",
			   json_view_text(when, "institution", "?")) &&
		    is_text(
			target, "status", json_view_text(when, "status", "?"));
	return is_text(target, "institution/slug",
		   json_view_text(wanted, "institution", "?")) &&
	    is_text(target, "identifier/type",
		json_view_text(wanted, "identifier_type", "?")) &&
	    json_view_int(target, "layer", 0) ==
	    json_view_int(wanted, "layer", 1);
}

static void
visit(void *context, const struct json_view *target)
{
	struct search *search = context;

	if (search->found == NULL && fits(search, target))
		search->found = target;
}

const struct json_view *
cli_demo_expected_find(
    const struct json_view *file, const struct json_view *wanted)
{
	struct search search = { .wanted = wanted };

	cli_demo_cell_each_target(file, visit, &search);
	return search.found;
}

const struct json_view *
cli_demo_expected_due(const struct json_view *act, const struct json_view *file)
{
	struct search search = { .when = json_view_at(act, "when") };

	if (search.when != NULL)
		cli_demo_cell_each_target(file, visit, &search);
	return search.found;
}

/* ---- comparing */

static const char *const members[] = { "status", "response_code",
	"amount_held/amount", "amount_held/currency" };

struct comparison {
	const char *letter, *institution;
	struct strbuf *out;
	int differences;
};

static void
differ(struct comparison *comparison, const char *what, const char *wanted,
    const char *found)
{
	comparison->differences++;
	if (comparison->out != NULL)
		strbuf_printf(comparison->out,
		    "%s, %s: %s is %s, expected %s\n", comparison->letter,
		    comparison->institution, what, found, wanted);
}

static void
compare_target(struct comparison *comparison, const struct json_view *wanted,
    const struct json_view *target)
{
	if (target == NULL) {
		differ(comparison, "its target", "one", "missing");
		return;
	}
	for (size_t i = 0; i < COUNT(members); i++) {
		const char *text = json_view_text(wanted, members[i], "none");

		if (!is_text(target, members[i], text))
			differ(comparison, members[i], text,
			    json_view_text(target, members[i], "none"));
	}
	/* A fast institution answers before its 2xx is recorded. */
	if (json_view_at(target, "queued_at") != NULL &&
	    json_view_at(target, "delivered_at") == NULL)
		differ(comparison, "delivered_at", "a time", "none");
	if (json_view_int(target, "generation", 0) !=
	    json_view_int(wanted, "generation", 1))
		differ(comparison, "generation", "another", "not it");
}

static void
count_one(void *context, const struct json_view *target)
{
	int *count = context;

	(void)target;
	(*count)++;
}

int
cli_demo_expected_compare(const struct json_view *expected,
    const struct json_view *file, struct strbuf *differences)
{
	const struct json_view *targets = json_view_at(expected, "targets");
	struct comparison comparison = { .letter = json_view_text(
					     expected, "case", "?"),
		.out = differences };
	int found = 0;

	for (size_t i = 0; i < json_view_count(targets); i++) {
		const struct json_view *wanted = json_view_item(targets, i);

		comparison.institution = json_view_text(
		    wanted, "institution", "?");
		compare_target(
		    &comparison, wanted, cli_demo_expected_find(file, wanted));
	}
	cli_demo_cell_each_target(file, count_one, &found);
	comparison.institution = "all";
	if ((size_t)found > json_view_count(targets))
		differ(&comparison, "the number of targets", "fewer", "higher");
	return comparison.differences;
}
