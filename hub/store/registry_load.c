/*
 * Loading the registry: see registry_load.h.  Columns stand as in
 * sql/queries/registry.sql.
 */
#include "hub/store/registry_load.h"

#include "hub/store/column.h"
#include "hub/store/pipeline.h"

enum { REGISTRY_BYTES_LIMIT = 256 * 1024 * 1024 };

#define AT(field) offsetof(struct institution, field)
static const struct column institution_columns[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(parent), NULL, 0 },
	{ COLUMN_TEXT, AT(slug), NULL, 0 },
	{ COLUMN_TEXT, AT(name), NULL, 0 },
	{ COLUMN_TEXT, AT(country), NULL, 0 },
	{ COLUMN_TEXT, AT(region), NULL, 0 },
	{ COLUMN_TEXT, AT(profile), NULL, 0 },
	{ COLUMN_TEXT, AT(phone), NULL, 0 },
	{ COLUMN_WORD, AT(kind), &institution_kind_words, 0 },
	{ COLUMN_WORD, AT(status), &registry_status_words, 0 },
	{ COLUMN_TIME_OR_NULL, AT(active_from), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(proposed_by), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
	{ COLUMN_TEXT, AT(district), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(new_parent), NULL, 0 },
	{ COLUMN_TEXT_OR_NULL, AT(new_district), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(moved_by), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct principal, field)
static const struct column principal_columns[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_WORD, AT(role), &role_words, 0 },
	{ COLUMN_TEXT, AT(name), NULL, 0 },
	{ COLUMN_TEXT, AT(rank), NULL, 0 },
	{ COLUMN_WORD, AT(status), &registry_status_words, 0 },
	{ COLUMN_TIME, AT(valid_from), NULL, 0 },
	{ COLUMN_TIME, AT(valid_until), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(active_from), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(proposed_by), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct certificate, field)
static const struct column certificate_columns[] = {
	{ COLUMN_HASH, AT(key), NULL, 0 },
	{ COLUMN_ID, AT(principal), NULL, 0 },
	{ COLUMN_BOOL, AT(is_revoked), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct endpoint, field)
static const struct column endpoint_columns[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_INT, AT(number), NULL, 0 },
	{ COLUMN_WORD, AT(kind), &endpoint_kind_words, 0 },
	{ COLUMN_TEXT, AT(url), NULL, 0 },
	{ COLUMN_TEXT, AT(adapter), NULL, 0 },
	{ COLUMN_TEXT, AT(pinned_key), NULL, 0 },
	{ COLUMN_SHORT, AT(shard), NULL, 0 },
	{ COLUMN_SHORT, AT(max_batch), NULL, 0 },
	{ COLUMN_SHORT, AT(concurrency), NULL, 0 },
	{ COLUMN_INT, AT(rate_limit), NULL, 0 },
	{ COLUMN_BOOL, AT(allow_private), NULL, 0 },
	{ COLUMN_WORD, AT(status), &registry_status_words, 0 },
	{ COLUMN_TIME_OR_NULL, AT(active_from), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(proposed_by), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct route, field)
static const struct column route_columns[] = {
	{ COLUMN_WORD, AT(scheme), &route_scheme_words, 0 },
	{ COLUMN_TEXT, AT(value), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct agreement, field)
static const struct column agreement_columns[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(source), NULL, 0 },
	{ COLUMN_ID, AT(destination), NULL, 0 },
	{ COLUMN_TEXT, AT(purpose), NULL, 0 },
	{ COLUMN_TEXT, AT(kinds), NULL, 0 },
	{ COLUMN_TIME, AT(valid_from), NULL, 0 },
	{ COLUMN_TIME, AT(valid_until), NULL, 0 },
	{ COLUMN_WORD, AT(status), &agreement_status_words, 0 },
	{ COLUMN_TIME_OR_NULL, AT(active_from), NULL, 0 },
	{ COLUMN_ID, AT(proposed_by), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct shift, field)
static const struct column shift_columns[] = {
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(principal), NULL, 0 },
	{ COLUMN_SHORT, AT(number), NULL, 0 },
	{ COLUMN_INT, AT(weekday), NULL, 0 },
	{ COLUMN_LONG, AT(day), NULL, 0 },
	{ COLUMN_INT, AT(from), NULL, 0 },
	{ COLUMN_INT, AT(until), NULL, 0 },
};
#undef AT

enum part {
	PART_INSTITUTIONS,
	PART_PRINCIPALS,
	PART_CERTIFICATES,
	PART_ENDPOINTS,
	PART_ROUTES,
	PART_AGREEMENTS,
	PART_SHIFTS,
	PART_COUNT
};

static const struct {
	enum statement statement;
	const struct column *columns;
	size_t column_count, size;
} parts[PART_COUNT] = {
	[PART_INSTITUTIONS] = { SQL_REGISTRY_INSTITUTIONS, institution_columns,
	    COUNT(institution_columns), sizeof(struct institution) },
	[PART_PRINCIPALS] = { SQL_REGISTRY_PRINCIPALS, principal_columns,
	    COUNT(principal_columns), sizeof(struct principal) },
	[PART_CERTIFICATES] = { SQL_REGISTRY_CERTIFICATES, certificate_columns,
	    COUNT(certificate_columns), sizeof(struct certificate) },
	[PART_ENDPOINTS] = { SQL_REGISTRY_ENDPOINTS, endpoint_columns,
	    COUNT(endpoint_columns), sizeof(struct endpoint) },
	[PART_ROUTES] = { SQL_REGISTRY_ROUTES, route_columns,
	    COUNT(route_columns), sizeof(struct route) },
	[PART_AGREEMENTS] = { SQL_REGISTRY_AGREEMENTS, agreement_columns,
	    COUNT(agreement_columns), sizeof(struct agreement) },
	[PART_SHIFTS] = { SQL_REGISTRY_SHIFTS, shift_columns,
	    COUNT(shift_columns), sizeof(struct shift) },
};

/* A part's rows as an array of the arena. */
static enum rc
read_part(const struct rows *rows, enum part part, struct arena *arena,
    const void **array, size_t *count, struct err *err)
{
	size_t size = parts[part].size;
	char *items;

	*count = rows_count(rows);
	items = arena_alloc(arena, (*count + 1) * size);
	if (items == NULL)
		return err_set(err, RC_TOO_LARGE, "registry_too_large",
		    "the registry does not fit into its memory");
	for (size_t i = 0; i < *count; i++)
		TRY(column_get(rows, i, 0, parts[part].columns,
		    parts[part].column_count, items + i * size, arena, err));
	*array = items;
	return RC_OK;
}

static enum rc
read_parts(const struct db *db, const size_t *results, struct arena *arena,
    struct registry_rows *all, struct err *err)
{
	const void *arrays[PART_COUNT];
	size_t counts[PART_COUNT];

	for (enum part part = 0; part < PART_COUNT; part++)
		TRY(read_part(pipeline_rows(db, results[part]), part, arena,
		    &arrays[part], &counts[part], err));
	all->institutions = arrays[PART_INSTITUTIONS];
	all->institution_count = counts[PART_INSTITUTIONS];
	all->principals = arrays[PART_PRINCIPALS];
	all->principal_count = counts[PART_PRINCIPALS];
	all->certificates = arrays[PART_CERTIFICATES];
	all->certificate_count = counts[PART_CERTIFICATES];
	all->endpoints = arrays[PART_ENDPOINTS];
	all->endpoint_count = counts[PART_ENDPOINTS];
	all->routes = arrays[PART_ROUTES];
	all->route_count = counts[PART_ROUTES];
	all->agreements = arrays[PART_AGREEMENTS];
	all->agreement_count = counts[PART_AGREEMENTS];
	all->shifts = arrays[PART_SHIFTS];
	all->shift_count = counts[PART_SHIFTS];
	return RC_OK;
}

enum rc
registry_load(struct db *db, struct registry **registry, struct err *err)
{
	SCOPED(arena_cleanup)
	struct arena *arena = arena_new(REGISTRY_BYTES_LIMIT);
	struct registry_rows all = { 0 };
	size_t version, results[PART_COUNT];

	pipeline_begin(db);
	(void)pipeline_add(db, SQL_BEGIN_SNAPSHOT, NULL);
	version = pipeline_add(db, SQL_REGISTRY_VERSION, NULL);
	for (size_t part = 0; part < PART_COUNT; part++)
		results[part] = pipeline_add(db, parts[part].statement, NULL);
	(void)pipeline_add(db, SQL_COMMIT, NULL);
	TRY(pipeline_run(db, err));
	all.version = rows_int(pipeline_rows(db, version), 0, 0);
	TRY(read_parts(db, results, arena, &all, err));
	*registry = registry_new(&all);
	return RC_OK;
}

enum rc
registry_load_version(struct db *db, int64_t *version, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db, SQL_REGISTRY_VERSION, NULL, &rows, err));
	*version = rows_int(rows, 0, 0);
	return RC_OK;
}
