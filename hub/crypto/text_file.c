/*
 * Whole files: see text_file.h.
 */
#include "hub/crypto/text_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum rc
text_file_read(const char *path, struct strbuf *text, struct err *err)
{
	FILE *file = fopen(path, "re");
	char block[4096];
	size_t got;
	int failed;

	if (file == NULL)
		return err_set(err, RC_INVALID, "unreadable_file",
		    "cannot open %s: %s", path, strerror(errno));
	while (
	    (got = fread(block, 1, sizeof(block), file)) > 0 && !text->failed)
		strbuf_append_bytes(text, block, got);
	failed = ferror(file);
	(void)fclose(file);
	if (failed || text->failed)
		return err_set(err, RC_INVALID, "unreadable_file",
		    "cannot read %s, or it is too large", path);
	return RC_OK;
}
