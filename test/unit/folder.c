/*
 * Folders of tests: see folder.h.
 */
#include "test/unit/folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/unit/unit.h"

void
folder_init(struct folder *folder)
{
	const char *base = getenv("TMPDIR");
	int size = snprintf(folder->path, sizeof(folder->path),
	    "%s/unit-XXXXXX", base != NULL ? base : "/tmp");

	ck_assert_int_lt(size, (int)sizeof(folder->path));
	ck_assert_ptr_nonnull(mkdtemp(folder->path));
}

char *
folder_path(const struct folder *folder, const char *name, char *path)
{
	(void)snprintf(path, FOLDER_PATH_SIZE, "%s/%s", folder->path, name);
	return path;
}

void
folder_clear(struct folder *folder)
{
	DIR *dir = opendir(folder->path);
	const struct dirent *entry;
	char path[64 + 256 + 2];

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.' &&
		    (entry->d_name[1] == '\0' || entry->d_name[1] == '.'))
			continue;
		(void)snprintf(
		    path, sizeof(path), "%s/%s", folder->path, entry->d_name);
		(void)unlink(path);
	}
	if (dir != NULL)
		(void)closedir(dir);
	(void)rmdir(folder->path);
}

void
folder_write(const struct folder *folder, const char *name, const char *text,
    unsigned mode)
{
	char path[FOLDER_PATH_SIZE];
	FILE *file = fopen(folder_path(folder, name, path), "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(chmod(path, mode), 0);
}

size_t
folder_read(
    const struct folder *folder, const char *name, char *text, size_t size)
{
	char path[FOLDER_PATH_SIZE];
	FILE *file = fopen(folder_path(folder, name, path), "r");
	size_t length;

	ck_assert_msg(file != NULL, "no %s", path);
	length = fread(text, 1, size - 1, file);
	ck_assert_int_eq(fclose(file), 0);
	text[length] = '\0';
	return length;
}
