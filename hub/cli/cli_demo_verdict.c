/*
 * Judging a run: see cli_demo_verdict.h.
 */
#include "hub/cli/cli_demo_verdict.h"

#include <stdio.h>

#include "hub/cli/cli_demo_body.h"
#include "hub/cli/cli_demo_child.h"
#include "hub/cli/cli_demo_expected.h"
#include "hub/cli/cli_demo_hint.h"
#include "hub/cli/cli_demo_timeline.h"

enum { OUTPUT_LIMIT = 8 * 1024 * 1024, NAME_SIZE = 64 };

/* Count one thing that was looked at, and say its faults. */
static void
count(struct cli_demo_verdict *verdict, int faults, const struct strbuf *text)
{
	if (faults == 0)
		verdict->passed++;
	else
		verdict->failed++;
	(void)fputs(text->bytes, stdout);
}

static enum rc
run(const struct cli_demo_stage *stage, const char *name,
    const char *const *argv, struct strbuf *output, struct err *err)
{
	char file[NAME_SIZE], log[PATH_MAX];
	const struct cli_demo_launch launch = { name, log, argv };

	(void)snprintf(file, sizeof(file), "log/%s.log", name);
	(void)cli_demo_place_path(&stage->place, file, log);
	return cli_demo_child_run(&launch, output, err);
}

/* ---- states */

static void
judge_states(
    const struct cli_demo_story_case *one, struct cli_demo_verdict *verdict)
{
	SCOPED(strbuf_clear) struct strbuf faults = { .bytes = NULL };
	int wrong;

	strbuf_init(&faults, OUTPUT_LIMIT);
	wrong = cli_demo_expected_compare(one->expected, one->file, &faults);
	if (one->has_failed) {
		strbuf_printf(&faults, "%s: %s\n",
		    json_view_text(one->expected, "case", "?"), one->err.text);
		wrong++;
	}
	count(verdict, wrong, &faults);
}

/* ---- timelines, as an auditor saves and checks them */

static enum rc
save_timeline(const struct cli_demo_stage *stage,
    const struct cli_demo_story_case *one, const char *file, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };
	const char *person = json_view_text(one->expected, "submitted_by", "?");
	char cert[PATH_MAX], key[PATH_MAX], ca[PATH_MAX];
	const char *argv[] = { stage->place.program, "case", "show", one->id,
		"--timeline", "--json", "--hub", stage->hub, "--cert",
		cli_demo_pki_path(&stage->place, person, ".pem", cert), "--key",
		cli_demo_pki_path(&stage->place, person, ".key", key), "--ca",
		cli_demo_pki_path(&stage->place, "ca", ".pem", ca), NULL };

	strbuf_init(&text, OUTPUT_LIMIT);
	TRY(run(stage, "case-show", argv, &text, err));
	return cli_demo_place_write(&stage->place, file, text.bytes, err);
}

static enum rc
verify(const struct cli_demo_stage *stage, const char *path, struct err *err)
{
	const char *argv[] = { stage->place.program, "verify", path, NULL };

	return run(stage, "verify", argv, NULL, err);
}

static enum rc
judge_timeline(const struct cli_demo_stage *stage,
    const struct cli_demo_story_case *one, struct cli_demo_verdict *verdict,
    struct err *err)
{
	SCOPED(json_view_cleanup) struct json_view *timeline = NULL;
	SCOPED(strbuf_clear) struct strbuf faults = { .bytes = NULL };
	char file[NAME_SIZE], path[PATH_MAX];
	int wrong;

	strbuf_init(&faults, OUTPUT_LIMIT);
	(void)snprintf(file, sizeof(file), "timelines/%s.json",
	    json_view_text(one->expected, "case", "?"));
	(void)cli_demo_place_path(&stage->place, file, path);
	TRY(save_timeline(stage, one, file, err));
	TRY(cli_demo_body_load(path, &timeline, err));
	wrong = cli_demo_timeline_check(
	    one->expected, one->file, timeline, &faults);
	if (verify(stage, path, err) != RC_OK) {
		strbuf_printf(&faults, "%s\n", err->text);
		wrong++;
	}
	count(verdict, wrong, &faults);
	return RC_OK;
}

/* ---- the rest */

static void
judge_integrity(
    const struct cli_demo_stage *stage, struct cli_demo_verdict *verdict)
{
	SCOPED(strbuf_clear) struct strbuf output = { .bytes = NULL };
	char config[PATH_MAX];
	const char *argv[] = { stage->place.program, "check", "--integrity",
		"--config",
		cli_demo_place_path(&stage->place, "freezeline.ini", config),
		NULL };
	struct err err;
	bool is_whole;

	strbuf_init(&output, OUTPUT_LIMIT);
	is_whole = run(stage, "check", argv, &output, &err) == RC_OK;
	if (is_whole)
		strbuf_reset(&output);
	else
		strbuf_printf(&output, "%s\n", err.text);
	count(verdict, is_whole ? 0 : 1, &output);
}

static void
judge_roles(
    const struct cli_demo_stage *stage, struct cli_demo_verdict *verdict)
{
	SCOPED(strbuf_clear) struct strbuf faults = { .bytes = NULL };
	int made, wrong;

	strbuf_init(&faults, OUTPUT_LIMIT);
	wrong = cli_demo_hint_check(stage, &faults, &made);
	verdict->passed += made - wrong;
	verdict->failed += wrong;
	(void)fputs(faults.bytes, stdout);
}

enum rc
cli_demo_verdict_find(struct cli_demo_stage *stage,
    const struct cli_demo_story *story, struct cli_demo_verdict *verdict,
    struct err *err)
{
	*verdict = (struct cli_demo_verdict){ 0, 0 };
	for (size_t i = 0; i < story->case_count; i++) {
		const struct cli_demo_story_case *one = &story->cases[i];

		judge_states(one, verdict);
		if (one->file != NULL)
			TRY(judge_timeline(stage, one, verdict, err));
	}
	judge_roles(stage, verdict);
	judge_integrity(stage, verdict);
	return RC_OK;
}
