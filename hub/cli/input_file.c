/*
 * Reading a named file: see input_file.h.
 */
#include "hub/cli/input_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK = 65536 };

enum rc
input_file_read(const char *path, struct strbuf *out, struct err *err)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	char chunk[CHUNK];
	size_t got;
	int failed;

	if (file == NULL)
		return err_set(err, RC_MISSING, "no_file", "cannot read %s: %s",
		    path, strerror(errno));
	while (!out->failed && (got = fread(chunk, 1, sizeof(chunk), file)) > 0)
		strbuf_append_bytes(out, chunk, got);
	failed = ferror(file);
	if (file != stdin)
		(void)fclose(file);
	if (failed != 0)
		return err_set(
		    err, RC_MISSING, "no_file", "cannot read %s", path);
	if (out->failed)
		return err_set(
		    err, RC_TOO_LARGE, "too_large", "%s is too large", path);
	return RC_OK;
}
