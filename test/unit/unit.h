/*
 * Unit tests: one check_<module>.c for each module, with one function
 * <module>_suite each; main.c runs the list that the Makefile makes of them.
 */
#pragma once

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "gen/suites.h"
