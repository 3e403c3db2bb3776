/*
 * What the command line asks for.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "hub/base/common.h"
#include "hub/base/strbuf.h"
#include "test/bench/load/template.h"

enum { OPTIONS_PORTS = 8, OPTIONS_PIDS = 16, OPTIONS_THREADS = 2 };

struct options {
	uint16_t ports[OPTIONS_PORTS]; /* connections take turns */
	unsigned port_count;
	const char *ca, *certificate, *key, *name;
	unsigned clients, threads;
	bool is_connect; /* a new connection for every request */
	double rate;     /* requests a second, in all; 0: as fast as it goes */
	double seconds, warm_up; /* with a limit the warm-up counts too */
	uint64_t first, limit;   /* {{n}} of the first; how many, 0: no end */
	pid_t pids[OPTIONS_PIDS];
	unsigned pid_count;

	const char *method, *path;
	struct strbuf headers, head_text, body_text;
	struct template head, body;
	bool has_body;
	char **lines; /* of --lines */
	size_t line_count;
};

/* Exits with a sentence where the command line is wrong. */
void options_read(struct options *options, int argc, char **argv);
