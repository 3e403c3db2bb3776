/*
 * A fresh folder for a test that needs files; the tests run in processes of
 * their own, so each makes and removes its own.
 */
#pragma once

#include <stddef.h>

enum { FOLDER_PATH_SIZE = 160 };

struct folder {
	char path[64];
};

void folder_init(struct folder *folder);

/* Removes what lies in it, one level deep, and then itself. */
void folder_clear(struct folder *folder);

/* "FOLDER/name"; `path` has FOLDER_PATH_SIZE bytes.  Returns it. */
char *folder_path(const struct folder *folder, const char *name, char *path);

/* Write a file of this mode, whatever the umask. */
void folder_write(const struct folder *folder, const char *name,
    const char *text, unsigned mode);

/* Read a whole file; NUL-terminated, at most `size` - 1 bytes. */
size_t folder_read(
    const struct folder *folder, const char *name, char *text, size_t size);
