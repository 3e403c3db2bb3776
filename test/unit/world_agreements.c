/*
 * What TELCO may signal in the world: see world.h.
 */
#include "test/unit/world.h"

enum { KIND_AGREEMENT = 40 };

/* Number n is its id's. */
static const struct {
	enum place to;
	const char *kinds;
	enum agreement_status status;
	int64_t days_left;
} rows[] = {
	{ BANK, "calls sms_burst", AGREEMENT_ACTIVE, 30 },
	{ WALLET, "calls", AGREEMENT_ACTIVE, 30 },
	{ MUTE_BANK, "sim_swap", AGREEMENT_ACTIVE, 30 },
	{ OTHER_BANK, "messenger", AGREEMENT_PROPOSED, 30 },
	{ OTHER_BANK, "remote_access", AGREEMENT_ACTIVE, -1 },
	{ BANK, "calls", AGREEMENT_ACTIVE, 60 },
};

struct id
world_agreement(int number)
{
	return world_id(KIND_AGREEMENT, number);
}

const struct agreement *
world_agreements(int64_t now, size_t *count)
{
	static struct agreement agreements[COUNT(rows)];

	for (size_t i = 0; i < COUNT(rows); i++)
		agreements[i] = (struct agreement){ .id = world_agreement(
							(int)i + 1),
			.source = world_place(TELCO),
			.destination = world_place(rows[i].to),
			.purpose = "tests",
			.kinds = rows[i].kinds,
			.valid_until = now + rows[i].days_left * WORLD_DAY,
			.status = rows[i].status,
			.proposed_by = world_person(ADMIN) };
	*count = COUNT(rows);
	return agreements;
}
