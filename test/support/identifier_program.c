/*
 * `freezeline identifier` by itself, for test/conformance: it needs nothing of
 * the hub but the domain.
 */
#include "hub/cli/cli_identifier.h"

int
main(int argc, char **argv)
{
	return cli_identifier(argc, argv);
}
