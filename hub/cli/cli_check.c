/*
 * `freezeline check`: see cli_check.h.
 */
#include "hub/cli/cli_check.h"

#include <stdio.h>
#include <unistd.h>

#include "hub/cli/doctor.h"
#include "hub/cli/exit_code.h"
#include "hub/cli/hub_call.h"
#include "hub/cli/own_words.h"
#include "hub/wire/json_writer.h"

enum { JSON_LIMIT = 1 << 20 };

static void
begin(struct doctor *doctor)
{
	strbuf_init(&doctor->json, JSON_LIMIT);
	json_write_object(&doctor->json, NULL);
	json_write_array(&doctor->json, "findings");
}

static void
print_sum(struct doctor *doctor)
{
	if (!doctor->as_json) {
		(void)printf("%d problems, %d warnings\n", doctor->problems,
		    doctor->warnings);
		return;
	}
	json_write_array_end(&doctor->json);
	json_write_int(&doctor->json, "problems", doctor->problems);
	json_write_int(&doctor->json, "warnings", doctor->warnings);
	json_write_object_end(&doctor->json);
	(void)puts(doctor->json.bytes);
}

int
cli_check(int argc, char **argv)
{
	struct own_word options[] = {
		{ .name = "--integrity" },
		{ .name = "--json" },
	};
	struct doctor doctor = { .problems = 0 };
	struct config config;
	struct err err;

	if (own_words_take(&argc, argv, options, COUNT(options), &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	doctor.config = &config;
	doctor.proves_integrity = options[0].is_there;
	doctor.as_json = options[1].is_there;
	begin(&doctor);
	if (config_load(&argc, argv, environ, &config, &err) != RC_OK) {
		doctor_problem(&doctor,
		    "freezeline help check lists the settings", "%s", err.text);
	} else {
		doctor_fine(&doctor, "the settings can be read");
		if (argc > 1)
			doctor_warn(&doctor, "leave it out",
			    "check takes no %s", argv[1]);
		doctor_files(&doctor);
		doctor_database(&doctor);
	}
	print_sum(&doctor);
	strbuf_clear(&doctor.json);
	return doctor.problems == 0 ? EXIT_CODE_OK : EXIT_CODE_FAILED;
}
