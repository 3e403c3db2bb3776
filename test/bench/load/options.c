/*
 * The command line: see options.h.
 */
#include "test/bench/load/options.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 64 << 20 };

static const char usage[] =
    "load --port N[,N] --ca FILE --cert FILE --key FILE [--name localhost]\n"
    "     [--clients 1] [--threads 1] [--connect] [--rate PER_SECOND]\n"
    "     [--seconds 5] [--warm-up 0.5] [--requests N] [--first N]\n"
    "     [--method GET] [--path /] [--header 'Name: value']...\n"
    "     [--body FILE] [--lines FILE] [--pid PID[,PID]]...\n"
    "Path, headers and body may hold {{n}} {{n:12}} {{uuid}} {{now}} "
    "{{micros:12}} {{line}}.\n";

_Noreturn static void
refuse(const char *why)
{
	(void)fprintf(stderr, "load: %s\n%s", why, usage);
	exit(2);
}

static void
read_file(const char *path, struct strbuf *text)
{
	char block[65536];
	size_t count;
	FILE *file = fopen(path, "r");

	if (file == NULL)
		refuse("a file cannot be read");
	strbuf_init(text, FILE_LIMIT);
	while ((count = fread(block, 1, sizeof(block), file)) > 0)
		strbuf_append_bytes(text, block, count);
	(void)fclose(file);
	if (text->failed)
		refuse("a file is too large");
}

static void
read_lines(struct options *o, const char *path)
{
	struct strbuf text;
	char *line, *rest;
	size_t capacity = 1;

	read_file(path, &text);
	for (size_t i = 0; i < text.length; i++)
		capacity += text.bytes[i] == '\n';
	o->lines = calloc(capacity, sizeof(*o->lines));
	if (o->lines == NULL)
		refuse("too many lines");
	rest = text.bytes; /* kept until the end */
	while ((line = strsep(&rest, "\n")) != NULL)
		if (*line != '\0')
			o->lines[o->line_count++] = line;
	if (o->line_count == 0)
		refuse("--lines names an empty file");
}

/* "1,2,3" */
static unsigned
read_numbers(const char *text, long *numbers, unsigned count, unsigned limit)
{
	char *end;

	for (;; text = end + 1) {
		if (count == limit)
			refuse("too many ports or pids");
		numbers[count++] = strtol(text, &end, 10);
		if (end == text || (*end != ',' && *end != '\0'))
			refuse("not a list of numbers");
		if (*end == '\0')
			return count;
	}
}

static void
read_ports(struct options *o, const char *text)
{
	long numbers[OPTIONS_PORTS];

	o->port_count = read_numbers(text, numbers, 0, OPTIONS_PORTS);
	for (unsigned i = 0; i < o->port_count; i++)
		o->ports[i] = (uint16_t)numbers[i];
}

static void
read_pids(struct options *o, const char *text)
{
	long numbers[OPTIONS_PIDS];
	unsigned old = o->pid_count;

	o->pid_count = read_numbers(text, numbers, old, OPTIONS_PIDS);
	for (unsigned i = old; i < o->pid_count; i++)
		o->pids[i] = (pid_t)numbers[i];
}

static void
add_header(struct options *o, const char *text)
{
	strbuf_printf(&o->headers, "%s\r\n", text);
}

static void
read_body(struct options *o, const char *path)
{
	strbuf_clear(&o->body_text);
	read_file(path, &o->body_text);
	o->has_body = true;
}

/* ---- the table of options */

enum kind { KIND_TEXT, KIND_COUNT, KIND_LONG, KIND_REAL, KIND_CALL };

#define AT(member) offsetof(struct options, member)

static const struct {
	const char *name;
	enum kind kind;
	size_t at;
	void (*call)(struct options *o, const char *text);
} rows[] = {
	{ "--port", KIND_CALL, 0, read_ports },
	{ "--ca", KIND_TEXT, AT(ca), NULL },
	{ "--cert", KIND_TEXT, AT(certificate), NULL },
	{ "--key", KIND_TEXT, AT(key), NULL },
	{ "--name", KIND_TEXT, AT(name), NULL },
	{ "--clients", KIND_COUNT, AT(clients), NULL },
	{ "--threads", KIND_COUNT, AT(threads), NULL },
	{ "--rate", KIND_REAL, AT(rate), NULL },
	{ "--seconds", KIND_REAL, AT(seconds), NULL },
	{ "--warm-up", KIND_REAL, AT(warm_up), NULL },
	{ "--requests", KIND_LONG, AT(limit), NULL },
	{ "--first", KIND_LONG, AT(first), NULL },
	{ "--method", KIND_TEXT, AT(method), NULL },
	{ "--path", KIND_TEXT, AT(path), NULL },
	{ "--header", KIND_CALL, 0, add_header },
	{ "--body", KIND_CALL, 0, read_body },
	{ "--lines", KIND_CALL, 0, read_lines },
	{ "--pid", KIND_CALL, 0, read_pids },
};

static void
set(struct options *o, size_t row, const char *text)
{
	void *at = (char *)o + rows[row].at;
	char *end = "";

	switch (rows[row].kind) {
	case KIND_TEXT:
		*(const char **)at = text;
		break;
	case KIND_COUNT:
		*(unsigned *)at = (unsigned)strtoul(text, &end, 10);
		break;
	case KIND_LONG:
		*(uint64_t *)at = strtoull(text, &end, 10);
		break;
	case KIND_REAL:
		*(double *)at = strtod(text, &end);
		break;
	case KIND_CALL:
		rows[row].call(o, text);
		break;
	}
	if (*end != '\0')
		refuse("not a number");
}

static size_t
find(const char *name)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(rows[i].name, name) == 0)
			return i;
	refuse(name);
}

static void
check(const struct options *o)
{
	if (o->port_count == 0 || o->ca == NULL || o->certificate == NULL ||
	    o->key == NULL)
		refuse("--port, --ca, --cert and --key are needed");
	if (o->threads < 1 || o->threads > OPTIONS_THREADS ||
	    o->clients < o->threads)
		refuse("one or two threads, at least one client for each");
	if (o->is_connect && o->rate > 0)
		refuse("--connect has no --rate");
	if (o->line_count > 0 && o->limit > o->line_count)
		refuse("fewer lines than requests");
	if (o->seconds <= 0 && o->limit == 0)
		refuse("neither --seconds nor --requests");
}

/* The head but for its Content-Length and the empty line. */
static void
compile(struct options *o)
{
	strbuf_printf(&o->head_text, "%s %s HTTP/1.1\r\nHost: %s\r\n%s%s",
	    o->method, o->path, o->name, o->headers.bytes,
	    o->is_connect ? "Connection: close\r\n" : "");
	if (o->head_text.failed || o->headers.failed ||
	    !template_compile(&o->head, o->head_text.bytes) ||
	    !template_compile(&o->body, o->body_text.bytes))
		refuse("a template has an unknown hole or is too large");
}

void
options_read(struct options *o, int argc, char **argv)
{
	*o = (struct options){ .name = "localhost",
		.method = "GET",
		.path = "/",
		.clients = 1,
		.threads = 1,
		.seconds = 5,
		.warm_up = 0.5 };
	strbuf_init(&o->head_text, FILE_LIMIT);
	strbuf_init(&o->headers, FILE_LIMIT);
	strbuf_init(&o->body_text, FILE_LIMIT);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--connect") == 0) {
			o->is_connect = true;
			continue;
		}
		if (i + 1 == argc)
			refuse("the last option has no value");
		set(o, find(argv[i]), argv[i + 1]);
		i++;
	}
	check(o);
	compile(o);
}
