/*
 * Chained hash table of ids: see id_table.h.  Ids are signed by the hub, so
 * nobody else can choose colliding ones.
 */
#include "adapters/nodal/id_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

struct entry {
	struct entry *next;
	uint64_t hash;
	char id[];
};

struct id_table {
	struct entry **slots;
	size_t slot_count, count;
};

/* FNV-1a. */
static uint64_t
hash_of(const char *id)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *id != '\0'; id++)
		hash = (hash ^ (unsigned char)*id) * UINT64_C(0x100000001b3);
	return hash;
}

static void *
allocate(size_t count, size_t size)
{
	void *memory = calloc(count, size);

	if (memory == NULL)
		abort(); /* what is stored is safe */
	return memory;
}

struct id_table *
id_table_new(void)
{
	struct id_table *table = allocate(1, sizeof(*table));

	table->slot_count = FIRST_SLOTS;
	table->slots = allocate(table->slot_count, sizeof(struct entry *));
	return table;
}

void
id_table_free(struct id_table *table)
{
	if (table == NULL)
		return;
	for (size_t i = 0; i < table->slot_count; i++) {
		while (table->slots[i] != NULL) {
			struct entry *next = table->slots[i]->next;

			free(table->slots[i]);
			table->slots[i] = next;
		}
	}
	free(table->slots);
	free(table);
}

/* The link that points to the entry, or the end of its chain. */
static struct entry **
find(const struct id_table *table, const char *id, uint64_t hash)
{
	struct entry **link = &table->slots[hash % table->slot_count];

	while (*link != NULL &&
	    ((*link)->hash != hash || strcmp((*link)->id, id) != 0))
		link = &(*link)->next;
	return link;
}

static void
grow(struct id_table *table)
{
	size_t count = table->slot_count * 2;
	struct entry **slots = allocate(count, sizeof(struct entry *));

	for (size_t i = 0; i < table->slot_count; i++) {
		while (table->slots[i] != NULL) {
			struct entry *entry = table->slots[i];

			table->slots[i] = entry->next;
			entry->next = slots[entry->hash % count];
			slots[entry->hash % count] = entry;
		}
	}
	free(table->slots);
	table->slots = slots;
	table->slot_count = count;
}

bool
id_table_has(const struct id_table *table, const char *id)
{
	return *find(table, id, hash_of(id)) != NULL;
}

bool
id_table_add(struct id_table *table, const char *id)
{
	uint64_t hash = hash_of(id);
	size_t size = strlen(id) + 1;
	struct entry **link = find(table, id, hash);
	struct entry *entry;

	if (*link != NULL)
		return false;
	entry = allocate(1, sizeof(*entry) + size);
	entry->hash = hash;
	memcpy(entry->id, id, size);
	*link = entry;
	if (++table->count > table->slot_count)
		grow(table);
	return true;
}

void
id_table_remove(struct id_table *table, const char *id)
{
	struct entry **link = find(table, id, hash_of(id));
	struct entry *entry = *link;

	if (entry == NULL)
		return;
	*link = entry->next;
	free(entry);
	table->count--;
}

size_t
id_table_count(const struct id_table *table)
{
	return table->count;
}
