/*
 * Runs every suite of test/db against the private server and ends with a
 * line `db: N passed, N failed`.
 */
#include <stdio.h>
#include <stdlib.h>

#include "test/db/db.h"

static Suite *(*const suites[])(void) = { SUITES };

int
main(void)
{
	SRunner *runner = srunner_create(NULL);
	int run, failed;

	for (size_t i = 0; i < COUNT(suites); i++)
		srunner_add_suite(runner, suites[i]());
	srunner_run_all(runner, CK_NORMAL);
	run = srunner_ntests_run(runner);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	printf("db: %d passed, %d failed\n", run - failed, failed);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
