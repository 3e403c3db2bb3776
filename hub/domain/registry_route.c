/*
 * From an identifier to its institution: see registry.h.  One row for each
 * identifier type says which part of it is looked for under which scheme.
 */
#include "hub/domain/registry.h"

#include <ctype.h>
#include <string.h>

#include "hub/domain/bank_code.h"
#include "hub/domain/registry_inside.h"

enum { PART_SIZE = 256 };

/* ---- looking for a value */

static bool
is_lower(enum route_scheme scheme)
{
	return scheme == ROUTE_UPI_HANDLE || scheme == ROUTE_DOMAIN ||
	    scheme == ROUTE_WALLET_PROVIDER;
}

void
registry_fold(enum route_scheme scheme, char *text)
{
	for (; *text != '\0'; text++)
		*text = (char)(is_lower(scheme)
			? tolower((unsigned char)*text)
			: toupper((unsigned char)*text));
}

uint32_t
registry_route_hash(enum route_scheme scheme, const char *value)
{
	const uint8_t number = (uint8_t)scheme;

	return row_index_hash(
	    row_index_hash(0, &number, 1), value, strlen(value));
}

static const struct route *
find(const struct registry *registry, enum route_scheme scheme,
    const char *value)
{
	struct row_walk walk = row_index_walk(
	    &registry->route_index, registry_route_hash(scheme, value));
	size_t row;

	while (row_index_next(&registry->route_index, &walk, &row)) {
		const struct route *route = &registry->routes[row];

		if (route->scheme == scheme && strcmp(route->value, value) == 0)
			return route;
	}
	return NULL;
}

static const struct institution *
find_active(const struct registry *registry, enum route_scheme scheme,
    const char *value, int64_t at)
{
	const struct route *route = find(registry, scheme, value);
	const struct institution *institution = route == NULL
	    ? NULL
	    : registry_institution(registry, &route->institution);

	if (institution == NULL ||
	    !registry_is_active(
		institution->status, institution->active_from, at))
		return NULL;
	return institution;
}

/* The longest beginning of `value`, not shorter than `shortest`, that is an
 * active institution's.  Cuts `value`. */
static const struct institution *
find_prefix(const struct registry *registry, enum route_scheme scheme,
    char *value, size_t shortest, int64_t at)
{
	const struct institution *found = NULL;

	for (size_t n = strlen(value); n >= shortest && found == NULL; n--) {
		value[n] = '\0';
		found = find_active(registry, scheme, value, at);
	}
	return found;
}

/* A host, or a domain above it; never a top-level domain alone. */
static const struct institution *
find_domain(const struct registry *registry, const char *host, int64_t at)
{
	const struct institution *found = NULL;

	while (found == NULL && host != NULL && strchr(host, '.') != NULL) {
		found = find_active(registry, ROUTE_DOMAIN, host, at);
		host = strchr(host, '.') + 1;
	}
	return found;
}

/* ---- which part of an identifier */

/* Copy at most `length` characters, folded for the scheme. */
static void
part_set(char *part, enum route_scheme scheme, const char *text, size_t length)
{
	size_t most = strnlen(text, length);

	if (most >= PART_SIZE)
		most = PART_SIZE - 1;
	memcpy(part, text, most);
	part[most] = '\0';
	registry_fold(scheme, part);
}

/* Country and the beginning of the BBAN, where most countries put the bank;
 * Italy and San Marino put a check letter before it. */
static const struct institution *
route_iban(const struct registry *registry, const char *iban, int64_t at)
{
	enum { LONGEST_BANK = 12, SHORTEST_BANK = 3 };
	char part[PART_SIZE], bic[7];
	const struct institution *found;
	size_t skip = 4;

	if (strlen(iban) < 15)
		return NULL;
	if (strncmp(iban, "IT", 2) == 0 || strncmp(iban, "SM", 2) == 0)
		skip++;
	memcpy(part, iban, 2);
	part_set(part + 2, ROUTE_IBAN_BANK, iban + skip, LONGEST_BANK);
	memcpy(bic, part + 2, 4);
	memcpy(bic + 4, iban, 2);
	bic[6] = '\0';
	found = find_prefix(
	    registry, ROUTE_IBAN_BANK, part, 2 + SHORTEST_BANK, at);
	/* Four letters there are the first four of the bank's BIC. */
	return found != NULL ? found
			     : find_active(registry, ROUTE_BIC, bic, at);
}

/* A BIC with its branch, without it, or bank and country alone. */
static const struct institution *
route_bic(const struct registry *registry, const char *bic, int64_t at)
{
	static const size_t lengths[] = { 11, 8, 6 };
	char part[PART_SIZE];
	const struct institution *found;

	part_set(part, ROUTE_BIC, bic, PART_SIZE);
	found = find_active(registry, ROUTE_BIC, part, at);
	for (size_t i = 0; i < COUNT(lengths) && found == NULL; i++)
		if (strlen(part) > lengths[i]) {
			part[lengths[i]] = '\0';
			found = find_active(registry, ROUTE_BIC, part, at);
		}
	return found;
}

typedef const struct institution *route_way(const struct registry *registry,
    const struct identifier *identifier, int64_t at);

static const struct institution *
by_iban(const struct registry *registry, const struct identifier *identifier,
    int64_t at)
{
	return route_iban(registry, identifier->value, at);
}

static const struct institution *
by_bic(const struct registry *registry, const struct identifier *identifier,
    int64_t at)
{
	return route_bic(registry, identifier->value, at);
}

/* Russia's nine-digit BIC. */
static const struct institution *
by_ru_bic(const struct registry *registry, const struct identifier *identifier,
    int64_t at)
{
	return find_active(registry, ROUTE_BIC, identifier->qualifier, at);
}

static const struct institution *
bank_code(const struct registry *registry, const char *text, int64_t at)
{
	char part[PART_SIZE];

	part_set(part, ROUTE_IFSC_BANK, text, 4);
	return find_active(registry, ROUTE_IFSC_BANK, part, at);
}

/* An IFSC, or a UTR, which begins with the sending bank's code. */
static const struct institution *
by_bank_code(const struct registry *registry,
    const struct identifier *identifier, int64_t at)
{
	return bank_code(registry, identifier->value, at);
}

static const struct institution *
by_account_bank_code(const struct registry *registry,
    const struct identifier *identifier, int64_t at)
{
	return bank_code(registry, identifier->qualifier, at);
}

static const struct institution *
by_handle(const struct registry *registry, const struct identifier *identifier,
    int64_t at)
{
	const char *handle = strrchr(identifier->value, '@');
	char part[PART_SIZE];

	if (handle == NULL)
		return NULL;
	part_set(part, ROUTE_UPI_HANDLE, handle + 1, PART_SIZE);
	return find_active(registry, ROUTE_UPI_HANDLE, part, at);
}

static const struct institution *
by_aba(const struct registry *registry, const struct identifier *identifier,
    int64_t at)
{
	return find_active(registry, ROUTE_ABA, identifier->qualifier, at);
}

/* Whole sort codes, or the range of a bank by its first digits. */
static const struct institution *
by_sort_code(const struct registry *registry,
    const struct identifier *identifier, int64_t at)
{
	char part[PART_SIZE];

	part_set(part, ROUTE_SORT_CODE, identifier->qualifier, 6);
	return find_prefix(registry, ROUTE_SORT_CODE, part, 2, at);
}

/* ISO/IEC 7812: the issuer is in the first eight digits at most.  A token
 * names its issuer to nobody but the issuer. */
static const struct institution *
by_card(const struct registry *registry, const struct identifier *identifier,
    int64_t at)
{
	char part[PART_SIZE];
	size_t digits = strspn(identifier->value, "0123456789");

	if (identifier->qualifier[0] != '\0')
		return NULL;
	part_set(part, ROUTE_IIN, identifier->value, digits < 8 ? digits : 8);
	return find_prefix(registry, ROUTE_IIN, part, 4, at);
}

/* ITU-T E.212: country three digits, network two or three. */
static const struct institution *
by_network(const struct registry *registry, const struct identifier *identifier,
    int64_t at)
{
	char part[PART_SIZE];

	part_set(part, ROUTE_MCC_MNC, identifier->value, 6);
	return find_prefix(registry, ROUTE_MCC_MNC, part, 5, at);
}

static const struct institution *
by_provider(const struct registry *registry,
    const struct identifier *identifier, int64_t at)
{
	char part[PART_SIZE];

	part_set(part, ROUTE_WALLET_PROVIDER, identifier->qualifier, PART_SIZE);
	return find_active(registry, ROUTE_WALLET_PROVIDER, part, at);
}

/* The host of an https URL, without a port. */
static const struct institution *
by_host(const struct registry *registry, const struct identifier *identifier,
    int64_t at)
{
	const char *host = strstr(identifier->value, "://");
	char part[PART_SIZE];
	size_t length;

	if (host == NULL)
		return NULL;
	host += 3;
	length = strcspn(host, "/?#");
	/* Who writes "https://shop.example@elsewhere/" means elsewhere. */
	if (memchr(host, '@', length) != NULL)
		return NULL;
	part_set(part, ROUTE_DOMAIN, host, strcspn(host, ":/?#"));
	return find_domain(registry, part, at);
}

/* Telephone numbers move between networks and the rest names no institution:
 * nothing there is sure enough to send a freeze by. */
static route_way *const ways[IDENTIFIER_TYPE_COUNT] = {
	[IDENTIFIER_IBAN] = by_iban,
	[IDENTIFIER_KZ_ACCOUNT] = by_iban,
	[IDENTIFIER_BIC] = by_bic,
	[IDENTIFIER_RU_ACCOUNT] = by_ru_bic,
	[IDENTIFIER_IFSC] = by_bank_code,
	[IDENTIFIER_UTR] = by_bank_code,
	[IDENTIFIER_IN_ACCOUNT] = by_account_bank_code,
	[IDENTIFIER_UPI_VPA] = by_handle,
	[IDENTIFIER_US_ACCOUNT] = by_aba,
	[IDENTIFIER_UK_ACCOUNT] = by_sort_code,
	[IDENTIFIER_CARD] = by_card,
	[IDENTIFIER_IMSI] = by_network,
	[IDENTIFIER_WALLET_ID] = by_provider,
	[IDENTIFIER_LISTING_URL] = by_host,
};

const struct institution *
registry_route(const struct registry *registry,
    const struct identifier *identifier, int64_t at)
{
	route_way *way = ways[identifier->type];

	return way == NULL ? NULL : way(registry, identifier, at);
}

bool
registry_knows_bank_code(const struct registry *registry, const char *code)
{
	return bank_code_is_known(code) ||
	    find(registry, ROUTE_IFSC_BANK, code) != NULL;
}
