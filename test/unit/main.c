/*
 * Runs every suite that the Makefile found (gen/suites.h) and ends with a
 * line `unit: N passed, N failed`.
 */
#include <stdio.h>
#include <stdlib.h>

#include "test/unit/unit.h"

static Suite *(*const suites[])(void) = { SUITES };

int
main(void)
{
	SRunner *runner = srunner_create(NULL);
	int run, failed;

	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
		srunner_add_suite(runner, suites[i]());
	srunner_run_all(runner, CK_NORMAL);
	run = srunner_ntests_run(runner);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	printf("unit: %d passed, %d failed\n", run - failed, failed);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
