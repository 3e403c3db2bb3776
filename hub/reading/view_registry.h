/*
 * Views that need no database: the registry as it is in memory, who one is,
 * and the vocabulary.  Any thread; answered at once.
 */
#pragma once

#include <stdint.h>

#include "hub/base/strbuf.h"
#include "hub/domain/actor.h"
#include "hub/domain/registry.h"
#include "hub/reading/cursor.h"

struct keyring;

struct registry_page {
	int limit;
	struct cursor cursor;        /* CURSOR_NONE: from the start */
	char next[CURSOR_TEXT_SIZE]; /* made: "" on the last page */
};

/* Those that take part, by slug; to an admin also those that do not yet. */
void
view_registry_institutions(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, struct registry_page *page);

/* All for admins and auditors, else one's own. */
void
view_registry_endpoints(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, struct registry_page *page);

/* All for admins and auditors, else those of which one is a side. */
void
view_registry_agreements(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, struct registry_page *page);

/* The roster of an institution and who is on duty now; false where the actor
 * does not see it. */
bool view_registry_roster(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, const struct id *institution, int64_t at);

/* Who is on duty now, of all that the actor sees and that have a roster; of a
 * unit and those below, of a district where these are not NULL. */
void view_registry_duties(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, const char *unit, const char *district,
    int64_t at);

/* Who the actor is and what they may do. */
void view_registry_me(struct strbuf *out, const struct registry *registry,
    const struct actor *actor);

/* Every enumeration, with what a form and a verifier need to know. */
void view_registry_meta(struct strbuf *out, const struct keyring *keyring,
    const char *version, int64_t at);
