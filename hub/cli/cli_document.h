/*
 * `freezeline document …`: file, read and decide on documents; and waive what
 * is owed of them.
 */
#pragma once

#include "hub/cli/args.h"

/* All return an exit code. */
int cli_document_add(const struct args *args);
int cli_document_get(const struct args *args);
int cli_document_decide(const struct args *args);
int cli_document_waive(const struct args *args);
