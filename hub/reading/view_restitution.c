/*
 * Money on its way back: one restitution, and those of a case.  See view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"
#include "hub/wire/secret_json.h"

/* What may be told without opening anything.  Where the money lies is told in
 * the case of its target alone. */
static void
write_facts(const struct view_run *run, const struct restitution *restitution,
    const struct id *in_case)
{
	struct strbuf *out = &run->reply->body;
	struct money claim = restitution->amount;

	claim.minor = restitution->claim_minor;
	json_write_id(out, "id", ID_RESTITUTION, &restitution->id);
	json_write_text(out, "status",
	    machine_state_name(&restitution_machine, (int)restitution->state));
	if (id_equal(in_case, &restitution->case_id)) {
		json_write_id(
		    out, "target_id", ID_TARGET, &restitution->target);
		view_write_institution(
		    run, "institution", &restitution->institution);
	}
	json_write_money(out, "amount", &restitution->amount);
	json_write_time(out, "proposed_at", restitution->proposed_at);
	view_write_time(out, "decided_at", restitution->decided_at);
	view_write_time(out, "due_at", restitution->due_at);
	view_write_time(out, "paid_at", restitution->paid_at);
	view_write_time(out, "ended_at", restitution->ended_at);
	/* What else is claimed, and by whom, is the police's matter. */
	if (run->sight == SIGHT_OWN)
		return;
	json_write_id(out, "plan_id", ID_RESTITUTION, &restitution->plan);
	json_write_id(out, "victim_case_id", ID_CASE, &restitution->claim_case);
	json_write_money(out, "claim", &claim);
}

void
view_write_restitutions(
    const struct view_run *run, const struct view_case *view)
{
	struct strbuf *out = &run->reply->body;

	json_write_array(out, "restitutions");
	for (size_t i = 0; i < view->restitution_count; i++) {
		json_write_object(out, NULL);
		write_facts(run, &view->restitutions[i], &view->file->id);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

/* A sealed JSON object as a member; nothing where nothing is sealed. */
static enum rc
write_sealed(const struct view_run *run, const char *name,
    const struct data_key *key, const char *column, const struct id *row,
    const struct blob *sealed, struct err *err)
{
	struct blob plain;

	TRY(view_open_text(run, key, column, row, sealed, &plain, err));
	if (plain.length > 0)
		json_write_raw_bytes(&run->reply->body, name,
		    (const char *)plain.bytes, plain.length);
	return RC_OK;
}

/* Where the money goes; why it was proposed is the police's matter. */
static enum rc
write_payee(const struct view_run *run, const struct restitution *restitution,
    const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;
	struct restitution opened;
	struct blob plain;

	TRY(view_open_text(run, key, SEALED_RESTITUTION, &restitution->id,
	    &restitution->sealed, &plain, err));
	TRY(secret_json_read_restitution(
	    (const char *)plain.bytes, plain.length, run->arena, &opened, err));
	json_write_identifier(out, "payee", &opened.payee);
	if (opened.payee_name[0] != '\0')
		json_write_text(out, "payee_name", opened.payee_name);
	if (run->sight == SIGHT_FULL)
		json_write_text(out, "reason", opened.reason);
	return RC_OK;
}

/* By whose order, and the proof, too. */
static enum rc
write_words(const struct view_run *run, const struct restitution *restitution,
    const struct data_key *key, struct err *err)
{
	const struct id *id = &restitution->id;

	if (run->sight == SIGHT_MASKED)
		return RC_OK;
	TRY(write_payee(run, restitution, key, err));
	TRY(write_sealed(run, "order", key, SEALED_RESTITUTION_ORDER, id,
	    &restitution->sealed_order, err));
	return write_sealed(run, "payment", key, SEALED_RESTITUTION_PROOF, id,
	    &restitution->sealed_proof, err);
}

static enum rc
write_restitution(const struct view_run *run,
    const struct view_restitution *view, const struct data_key *key,
    struct err *err)
{
	const struct restitution *restitution = view->restitution;
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	write_facts(run, restitution, &restitution->case_id);
	json_write_id(out, "case_id", ID_CASE, &restitution->case_id);
	if (run->sight != SIGHT_OWN) {
		json_write_id(out, "proposed_by", ID_PRINCIPAL,
		    &restitution->proposed_by);
		view_write_id(
		    out, "decided_by", ID_PRINCIPAL, &restitution->decided_by);
	}
	TRY(write_words(run, restitution, key, err));
	json_write_int(out, "row_version", restitution->row_version);
	json_write_object_end(out);
	return RC_OK;
}

/* An institution learns of one when it is ordered to pay, not before. */
static bool
is_seen(const struct view_run *run, const struct view_restitution *view)
{
	return access_sees_target(&run->request->actor, run->registry,
		   &view->file->unit, &view->restitution->institution) &&
	    (run->sight != SIGHT_OWN || view->restitution->due_at != 0);
}

enum rc
view_restitution_run(struct view_run *run, struct err *err)
{
	SCOPED(sealing_forget) struct data_key key = { { 0 } };
	struct view_restitution view;

	TRY(view_load_restitution(
	    run->db, &run->request->id, run->arena, &view, err));
	if (!is_seen(run, &view))
		return view_missing(err);
	run->reply->case_id = view.file->id;
	run->row_version = view.file->row_version;
	if (view_is_known(run, view.restitution->row_version))
		return RC_OK;
	TRY(view_open_case_key(run, &view.file->wrapped_key, &key, err));
	return write_restitution(run, &view, &key, err);
}

enum rc
view_object_attachment(const struct view_run *run,
    const struct attachment_row *attachment, const struct data_key *key,
    struct err *err)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_ATTACHMENT, &attachment->id);
	json_write_text(out, "basis", attachment->basis);
	json_write_time(out, "registered_at", attachment->registered_at);
	json_write_time(out, "expires_at", attachment->expires_at);
	if (run->sight != SIGHT_MASKED)
		TRY(write_sealed(run, "order", key, SEALED_ATTACHMENT,
		    &attachment->id, &attachment->sealed, err));
	json_write_object_end(out);
	return RC_OK;
}
