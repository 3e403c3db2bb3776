/*
 * `freezeline parse`: a pasted message on standard input to facts, offline.
 */
#pragma once

struct args;

int cli_parse(const struct args *args);
