#!/bin/sh
# Prints the list of suites: one function <module>_suite for each
# check_<module>.c named on the command line.
set -eu
names=$(for file; do basename "$file" .c | sed 's/^check_//'; done)
echo '/* Made by test/unit/suites.sh. */'
echo '#pragma once'
for name in $names; do echo "Suite *${name}_suite(void);"; done
echo '#define SUITES \'
for name in $names; do echo "	${name}_suite, \\"; done
echo
