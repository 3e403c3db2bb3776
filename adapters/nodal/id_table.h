/*
 * Every webhook-id ever taken, for ever: a hash table from id to what is
 * known of its message.  Not thread-safe: the journal owns it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct id_table;

struct id_table *id_table_new(void);
void id_table_free(struct id_table *table);

/* Is the id there? */
bool id_table_has(const struct id_table *table, const char *id);

/* Put the id in; false where it is there already.  Text is copied. */
bool id_table_add(struct id_table *table, const char *id);

/* Take the id out again, where storing it failed. */
void id_table_remove(struct id_table *table, const char *id);

size_t id_table_count(const struct id_table *table);
