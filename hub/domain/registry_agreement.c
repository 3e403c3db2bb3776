/*
 * Agreements of a registry view: see registry.h.  They are few: each look-up
 * goes through all of them.
 */
#include "hub/domain/registry.h"

#include "hub/domain/registry_inside.h"

const struct agreement *
registry_agreement(const struct registry *registry, const struct id *id)
{
	for (size_t i = 0; i < registry->agreement_count; i++)
		if (id_equal(&registry->agreements[i].id, id))
			return &registry->agreements[i];
	return NULL;
}

const struct agreement *
registry_agreements(const struct registry *registry, size_t *count)
{
	*count = registry->agreement_count;
	return registry->agreements;
}

bool
registry_agreement_is_current(const struct agreement *agreement, int64_t at)
{
	return agreement->status == AGREEMENT_ACTIVE &&
	    agreement->active_from <= at && agreement->valid_from <= at &&
	    at < agreement->valid_until;
}

bool
registry_agreement_covers(
    const struct agreement *agreement, enum signal_kind kind)
{
	return signal_kinds_have(agreement->kinds, kind);
}
