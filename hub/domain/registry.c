/*
 * The registry view: see registry.h.  Everything lives in one arena and is
 * found through hash indexes; routing is in registry_route.c.
 */
#include "hub/domain/registry.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "hub/domain/ids.h"
#include "hub/domain/registry_inside.h"

/* ---- filling */

/* The arena has no limit to speak of: a view that does not fit in memory
 * aborts like any other allocation. */
static void *
keep(struct registry *view, const void *bytes, size_t size)
{
	void *copy = arena_memdup(view->arena, bytes, size);

	if (copy == NULL)
		abort();
	return copy;
}

static const char *
keep_text(struct registry *view, const char *text)
{
	return text == NULL ? "" : keep(view, text, strlen(text) + 1);
}

static void
index_add(
    struct registry *view, struct row_index *index, uint32_t hash, size_t row)
{
	if (!row_index_add(index, view->arena, hash, row))
		abort();
}

static uint32_t
hash_id(const struct id *id)
{
	return row_index_hash(0, id->bytes, sizeof(id->bytes));
}

static int
compare_slugs(const void *a, const void *b)
{
	return strcmp((*(const struct institution *const *)a)->slug,
	    (*(const struct institution *const *)b)->slug);
}

static int
compare_numbers(const void *a, const void *b)
{
	int32_t left = (*(const struct endpoint *const *)a)->number;
	int32_t right = (*(const struct endpoint *const *)b)->number;

	return (left > right) - (left < right);
}

static void *
keep_space(struct registry *view, size_t count, size_t size)
{
	void *space = arena_alloc(view->arena, count * size + 1);

	if (space == NULL)
		abort();
	return space;
}

static void
take_institutions(struct registry *view, const struct registry_rows *rows)
{
	size_t count = rows->institution_count;
	struct institution *all = keep(
	    view, rows->institutions, count * sizeof(*all));
	const struct institution **sorted = keep_space(
	    view, count, sizeof(struct institution *));

	for (size_t i = 0; i < count; i++) {
		all[i].slug = keep_text(view, all[i].slug);
		all[i].name = keep_text(view, all[i].name);
		all[i].country = keep_text(view, all[i].country);
		all[i].region = keep_text(view, all[i].region);
		all[i].profile = keep_text(view, all[i].profile);
		all[i].phone = keep_text(view, all[i].phone);
		all[i].district = keep_text(view, all[i].district);
		all[i].new_district = keep_text(view, all[i].new_district);
		index_add(
		    view, &view->institution_index, hash_id(&all[i].id), i);
		sorted[i] = &all[i];
	}
	if (count > 0)
		qsort(
		    sorted, count, sizeof(struct institution *), compare_slugs);
	view->institutions = all;
	view->institutions_by_slug = sorted;
	view->institution_count = count;
}

static void
take_principals(struct registry *view, const struct registry_rows *rows)
{
	size_t count = rows->principal_count;
	struct principal *all = keep(
	    view, rows->principals, count * sizeof(*all));

	for (size_t i = 0; i < count; i++) {
		all[i].name = keep_text(view, all[i].name);
		all[i].rank = keep_text(view, all[i].rank);
		index_add(view, &view->principal_index, hash_id(&all[i].id), i);
	}
	view->principals = all;
}

static void
take_certificates(struct registry *view, const struct registry_rows *rows)
{
	size_t count = rows->certificate_count;

	view->certificate_count = count;
	view->certificates = keep(
	    view, rows->certificates, count * sizeof(*view->certificates));
	for (size_t i = 0; i < count; i++)
		index_add(view, &view->certificate_index,
		    row_index_hash(
			0, view->certificates[i].key, ACTOR_KEY_SIZE),
		    i);
}

static void
take_endpoints(struct registry *view, const struct registry_rows *rows)
{
	size_t count = rows->endpoint_count;
	struct endpoint *all = keep(
	    view, rows->endpoints, count * sizeof(*all));
	const struct endpoint **sorted = keep_space(
	    view, count, sizeof(struct endpoint *));

	for (size_t i = 0; i < count; i++) {
		all[i].url = keep_text(view, all[i].url);
		all[i].adapter = keep_text(view, all[i].adapter);
		all[i].pinned_key = keep_text(view, all[i].pinned_key);
		index_add(view, &view->endpoint_index, hash_id(&all[i].id), i);
		index_add(view, &view->endpoint_of_index,
		    hash_id(&all[i].institution), i);
		sorted[i] = &all[i];
	}
	if (count > 0)
		qsort(
		    sorted, count, sizeof(struct endpoint *), compare_numbers);
	view->endpoints = all;
	view->endpoints_by_number = sorted;
	view->endpoint_count = count;
}

static void
take_routes(struct registry *view, const struct registry_rows *rows)
{
	struct route *all = keep(
	    view, rows->routes, rows->route_count * sizeof(*all));

	for (size_t i = 0; i < rows->route_count; i++) {
		char *value = keep(
		    view, all[i].value, strlen(all[i].value) + 1);

		registry_fold(all[i].scheme, value);
		all[i].value = value;
		index_add(view, &view->route_index,
		    registry_route_hash(all[i].scheme, value), i);
	}
	view->routes = all;
}

static void
take_agreements(struct registry *view, const struct registry_rows *rows)
{
	size_t count = rows->agreement_count;
	struct agreement *all = keep(
	    view, rows->agreements, count * sizeof(*all));

	for (size_t i = 0; i < count; i++) {
		all[i].purpose = keep_text(view, all[i].purpose);
		all[i].kinds = keep_text(view, all[i].kinds);
	}
	view->agreements = all;
	view->agreement_count = count;
}

/* ---- life */

struct registry *
registry_new(const struct registry_rows *rows)
{
	struct registry *view = calloc(1, sizeof(*view));

	if (view == NULL)
		abort();
	atomic_init(&view->references, 1);
	view->version = rows->version;
	view->arena = arena_new(SIZE_MAX / 2);
	take_institutions(view, rows);
	take_principals(view, rows);
	take_certificates(view, rows);
	take_endpoints(view, rows);
	take_routes(view, rows);
	take_agreements(view, rows);
	view->shifts = keep(
	    view, rows->shifts, rows->shift_count * sizeof(*rows->shifts));
	view->shift_count = rows->shift_count;
	return view;
}

struct registry *
registry_ref(struct registry *registry)
{
	atomic_fetch_add(&registry->references, 1);
	return registry;
}

void
registry_unref(struct registry *registry)
{
	if (registry == NULL || atomic_fetch_sub(&registry->references, 1) > 1)
		return;
	arena_free(registry->arena);
	free(registry);
}

void
registry_cleanup(struct registry **registry)
{
	registry_unref(*registry);
}

int64_t
registry_version(const struct registry *registry)
{
	return registry->version;
}

/* ---- looking up */

const struct institution *
registry_institution(const struct registry *registry, const struct id *id)
{
	struct row_walk walk = row_index_walk(
	    &registry->institution_index, hash_id(id));
	size_t row;

	while (row_index_next(&registry->institution_index, &walk, &row))
		if (id_equal(&registry->institutions[row].id, id))
			return &registry->institutions[row];
	return NULL;
}

const struct institution *
registry_institution_named(const struct registry *registry, const char *text)
{
	const struct institution key = { .slug = text }, *wanted = &key;
	const struct institution *const *found;
	struct id id;

	if (id_parse(ID_INSTITUTION, text, &id))
		return registry_institution(registry, &id);
	found = bsearch(&wanted, registry->institutions_by_slug,
	    registry->institution_count, sizeof(wanted), compare_slugs);
	return found == NULL ? NULL : *found;
}

const struct principal *
registry_principal(const struct registry *registry, const struct id *id)
{
	struct row_walk walk = row_index_walk(
	    &registry->principal_index, hash_id(id));
	size_t row;

	while (row_index_next(&registry->principal_index, &walk, &row))
		if (id_equal(&registry->principals[row].id, id))
			return &registry->principals[row];
	return NULL;
}

const struct certificate *
registry_certificate(
    const struct registry *registry, const uint8_t key[ACTOR_KEY_SIZE])
{
	struct row_walk walk = row_index_walk(&registry->certificate_index,
	    row_index_hash(0, key, ACTOR_KEY_SIZE));
	size_t row;

	while (row_index_next(&registry->certificate_index, &walk, &row))
		if (memcmp(registry->certificates[row].key, key,
			ACTOR_KEY_SIZE) == 0)
			return &registry->certificates[row];
	return NULL;
}

const struct certificate *
registry_certificate_of(
    const struct registry *registry, const struct id *principal)
{
	for (size_t i = 0; i < registry->certificate_count; i++)
		if (!registry->certificates[i].is_revoked &&
		    id_equal(&registry->certificates[i].principal, principal))
			return &registry->certificates[i];
	return NULL;
}

const struct endpoint *
registry_endpoint(const struct registry *registry, const struct id *id)
{
	struct row_walk walk = row_index_walk(
	    &registry->endpoint_index, hash_id(id));
	size_t row;

	while (row_index_next(&registry->endpoint_index, &walk, &row))
		if (id_equal(&registry->endpoints[row].id, id))
			return &registry->endpoints[row];
	return NULL;
}

const struct endpoint *
registry_endpoint_numbered(const struct registry *registry, int32_t number)
{
	const struct endpoint key = { .number = number }, *wanted = &key;
	const struct endpoint *const *found = bsearch(&wanted,
	    registry->endpoints_by_number, registry->endpoint_count,
	    sizeof(wanted), compare_numbers);

	return found == NULL ? NULL : *found;
}

/* Of two of one kind the newer: it was confirmed to replace the older. */
static bool
is_better(const struct endpoint *endpoint, const struct endpoint *best)
{
	if (best == NULL || endpoint->kind != best->kind)
		return best == NULL || endpoint->kind == ENDPOINT_WEBHOOK;
	return endpoint->number > best->number;
}

const struct endpoint *
registry_endpoint_of(
    const struct registry *registry, const struct id *institution, int64_t at)
{
	struct row_walk walk = row_index_walk(
	    &registry->endpoint_of_index, hash_id(institution));
	const struct endpoint *best = NULL;
	size_t row;

	while (row_index_next(&registry->endpoint_of_index, &walk, &row)) {
		const struct endpoint *endpoint = &registry->endpoints[row];

		if (id_equal(&endpoint->institution, institution) &&
		    (endpoint->kind == ENDPOINT_WEBHOOK ||
			endpoint->kind == ENDPOINT_INBOX) &&
		    registry_is_active(
			endpoint->status, endpoint->active_from, at) &&
		    is_better(endpoint, best))
			best = endpoint;
	}
	return best;
}

const struct institution *const *
registry_institutions(const struct registry *registry, size_t *count)
{
	*count = registry->institution_count;
	return registry->institutions_by_slug;
}

const struct endpoint *const *
registry_endpoints(const struct registry *registry, size_t *count)
{
	*count = registry->endpoint_count;
	return registry->endpoints_by_number;
}

/* ---- judging */

bool
registry_is_active(enum registry_status status, int64_t active_from, int64_t at)
{
	return status == REGISTRY_ACTIVE && active_from <= at;
}

bool
registry_is_within(const struct registry *registry,
    const struct id *institution, const struct id *unit)
{
	struct id at = *institution;

	/* A way longer than there are units is a circle. */
	for (size_t i = 0; i < registry->institution_count && !id_is_zero(&at);
	     i++) {
		const struct institution *row;

		if (id_equal(&at, unit))
			return true;
		row = registry_institution(registry, &at);
		if (row == NULL)
			return false;
		at = row->parent;
	}
	return false;
}

const char *
registry_district(const struct registry *registry, const struct id *institution)
{
	const struct institution *row = registry_institution(
	    registry, institution);

	for (size_t i = 0; i < registry->institution_count && row != NULL;
	     i++) {
		if (row->district[0] != '\0')
			return row->district;
		row = registry_institution(registry, &row->parent);
	}
	return "";
}

static bool
is_principal_active(const struct principal *principal, int64_t at)
{
	return principal != NULL &&
	    registry_is_active(principal->status, principal->active_from, at) &&
	    principal->valid_from <= at && at < principal->valid_until;
}

enum rc
registry_identify(const struct registry *registry,
    const uint8_t key[ACTOR_KEY_SIZE], int64_t at, struct actor *actor,
    struct err *err)
{
	const struct certificate *certificate = registry_certificate(
	    registry, key);
	const struct principal *principal;
	const struct institution *institution;
	size_t length;

	if (certificate == NULL)
		return err_set(err, RC_FORBIDDEN, "certificate_not_enrolled",
		    "the key of this certificate is not enrolled");
	if (certificate->is_revoked)
		return err_set(err, RC_FORBIDDEN, "certificate_revoked",
		    "this certificate was revoked");
	principal = registry_principal(registry, &certificate->principal);
	if (!is_principal_active(principal, at))
		return err_set(err, RC_FORBIDDEN, "principal_not_active",
		    "the holder of this certificate is not active");
	institution = registry_institution(registry, &principal->institution);
	if (institution == NULL ||
	    !registry_is_active(
		institution->status, institution->active_from, at))
		return err_set(err, RC_FORBIDDEN, "institution_not_active",
		    "the institution of this certificate is not active");
	memset(actor, 0, sizeof(*actor));
	actor->principal = principal->id;
	actor->institution = institution->id;
	actor->role = principal->role;
	actor->kind = institution->kind;
	length = strnlen(principal->rank, ACTOR_RANK_SIZE - 1);
	memcpy(actor->rank, principal->rank, length);
	memcpy(actor->key, key, ACTOR_KEY_SIZE);
	return RC_OK;
}
