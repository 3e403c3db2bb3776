/*
 * Restitution plans as JSON: see restitution_json.h.
 */
#include "hub/wire/restitution_json.h"

#include <string.h>

#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"
#include "hub/wire/json_writer.h"

enum { NAME_BYTES = 80 };

/* ---- in */

static enum rc
read_share(const struct json_node *node, void *out, struct err *err)
{
	struct restitution_share *share = out;
	const struct json_member members[] = {
		MEMBER_TEXT("id", JSON_REQUIRED, NAME_BYTES, &share->id),
		MEMBER_OBJECT("amount", JSON_REQUIRED, json_read_money_positive,
		    &share->amount),
	};
	const struct free_text texts[] = { { "id", &share->id } };

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
read_input(const struct json_node *node, void *out, struct err *err)
{
	struct restitution_input *input = out;
	const struct json_member members[] = {
		MEMBER_LIST("held", JSON_REQUIRED, RESTITUTION_SIDE_LIMIT,
		    read_share, &input->held, &input->held_count),
		MEMBER_LIST("claims", JSON_REQUIRED, RESTITUTION_SIDE_LIMIT,
		    read_share, &input->claims, &input->claim_count),
	};

	return json_read_members(node, members, COUNT(members), err);
}

/* One currency, and each name once. */
static enum rc
check_side(const char *name, const struct restitution_share *shares,
    size_t count, const struct money *first, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		if (!money_same_currency(&shares[i].amount, first)) {
			(void)err_at(err, RC_INVALID, "/amount/currency",
			    "other_currency", "a plan is in one currency");
			err_prefix(err, "/%s/%zu", name, i);
			return RC_INVALID;
		}
		for (size_t n = 0; n < i; n++) {
			if (strcmp(shares[n].id, shares[i].id) != 0)
				continue;
			(void)err_at(err, RC_INVALID, "/id", "duplicate_id",
			    "the same as /%s/%zu", name, n);
			err_prefix(err, "/%s/%zu", name, i);
			return RC_INVALID;
		}
	}
	return RC_OK;
}

static int64_t *
amounts_of(
    struct arena *arena, const struct restitution_share *shares, size_t count)
{
	int64_t *amounts = arena_alloc(arena, (count + 1) * sizeof(*amounts));

	for (size_t i = 0; amounts != NULL && i < count; i++)
		amounts[i] = shares[i].amount.minor;
	return amounts;
}

static enum rc
make_plan(struct arena *arena, struct restitution_input *input, struct err *err)
{
	struct apportion_plan *plan = &input->plan;
	size_t held = input->held_count, claims = input->claim_count;

	plan->held_count = held;
	plan->claim_count = claims;
	plan->held = amounts_of(arena, input->held, held);
	plan->claims = amounts_of(arena, input->claims, claims);
	plan->paid = arena_alloc(arena, (held + 1) * sizeof(*plan->paid));
	plan->awarded = arena_alloc(
	    arena, (claims + 1) * sizeof(*plan->awarded));
	plan->payments = arena_alloc(
	    arena, (held * claims + 1) * sizeof(*plan->payments));
	if (plan->held == NULL || plan->claims == NULL || plan->paid == NULL ||
	    plan->awarded == NULL || plan->payments == NULL)
		return err_set(err, RC_TOO_LARGE, "request_too_large",
		    "the request does not fit into its memory");
	return apportion_make_plan(plan, err);
}

enum rc
restitution_json_read(const char *body, size_t length, struct arena *arena,
    struct restitution_input *input, struct err *err)
{
	*input = (struct restitution_input){ .held = NULL };
	TRY(json_read(body, length, arena, read_input, input, err));
	if (input->held_count == 0)
		return err_at(err, RC_INVALID, "/held", "nothing_to_divide",
		    "nothing is held");
	TRY(check_side("held", input->held, input->held_count,
	    &input->held[0].amount, err));
	TRY(check_side("claims", input->claims, input->claim_count,
	    &input->held[0].amount, err));
	return make_plan(arena, input, err);
}

/* ---- out */

static void
write_money(struct strbuf *out, const char *key,
    const struct restitution_input *input, int64_t minor)
{
	struct money money = input->held[0].amount;

	money.minor = minor;
	json_write_money(out, key, &money);
}

static void
write_side(struct strbuf *out, const struct restitution_input *input,
    const struct restitution_share *shares, const int64_t *given, size_t count,
    const char *rest)
{
	for (size_t i = 0; i < count; i++) {
		json_write_object(out, NULL);
		json_write_text(out, "id", shares[i].id);
		write_money(out, "amount", input, given[i]);
		write_money(
		    out, rest, input, shares[i].amount.minor - given[i]);
		json_write_object_end(out);
	}
}

static void
write_payments(struct strbuf *out, const struct restitution_input *input)
{
	const struct apportion_plan *plan = &input->plan;

	for (size_t i = 0; i < plan->held_count * plan->claim_count; i++) {
		if (plan->payments[i] == 0)
			continue;
		json_write_object(out, NULL);
		json_write_text(
		    out, "from", input->held[i / plan->claim_count].id);
		json_write_text(
		    out, "to", input->claims[i % plan->claim_count].id);
		write_money(out, "amount", input, plan->payments[i]);
		json_write_object_end(out);
	}
}

void
restitution_json_write(
    struct strbuf *out, const struct restitution_input *input)
{
	const struct apportion_plan *plan = &input->plan;
	int64_t pool = 0;

	for (size_t i = 0; i < plan->held_count; i++)
		pool += plan->paid[i];
	json_write_object(out, NULL);
	write_money(out, "pool", input, pool);
	json_write_array(out, "paid");
	write_side(
	    out, input, input->held, plan->paid, plan->held_count, "surplus");
	json_write_array_end(out);
	json_write_array(out, "awarded");
	write_side(out, input, input->claims, plan->awarded, plan->claim_count,
	    "shortfall");
	json_write_array_end(out);
	json_write_array(out, "payments");
	write_payments(out, input);
	json_write_array_end(out);
	json_write_object_end(out);
}
