/*
 * One case: all of it for the police, masked for an auditor, the header and
 * the own targets for an institution.  See view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/domain/liability.h"
#include "hub/wire/json_values.h"
#include "hub/wire/roster_json.h"

/* An institution is shown the requests and payments of its own targets. */
static bool
has_request(const struct view_case *view, const struct id *request)
{
	for (size_t i = 0; i < view->target_count; i++)
		if (id_equal(&view->targets[i].request, request))
			return true;
	return false;
}

static bool
has_txn(const struct view_case *view, const struct id *txn)
{
	for (size_t i = 0; i < view->target_count; i++)
		if (id_equal(&view->targets[i].txn, txn))
			return true;
	return false;
}

/* ---- what changed, and when, as far as the actor may know */

/* The row's version counts every command on the case: to an institution it
 * would tell of the other institutions' answers.  Theirs is made of what they
 * see, and rises with it. */
static int64_t
shown_version(const struct view_run *run, const struct view_case *view)
{
	int64_t sum = 0;

	if (run->sight != SIGHT_OWN)
		return view->file->row_version;
	for (size_t i = 0; i < view->target_count; i++)
		sum += view->targets[i].row_version;
	for (size_t i = 0; i < view->request_count; i++)
		if (has_request(view, &view->requests[i].id))
			sum += view->requests[i].row_version;
	for (size_t i = 0; i < view->formality_count; i++)
		if (has_request(view, &view->formalities[i].request))
			sum += view->formalities[i].row_version;
	for (size_t i = 0; i < view->document_count; i++)
		sum += view->documents[i].row_version;
	return (sum * CASE_STATE_COUNT + (int64_t)view->file->state) *
	    PRIORITY_COUNT +
	    (int64_t)view->file->priority;
}

static int64_t
shown_update(const struct view_run *run, const struct view_case *view)
{
	int64_t last = view->file->received_at;

	if (run->sight != SIGHT_OWN)
		return view->file->updated_at;
	for (size_t i = 0; i < view->target_count; i++)
		if (view->targets[i].updated_at > last)
			last = view->targets[i].updated_at;
	return last;
}

/* ---- the header */

static void
write_header(const struct view_run *run, const struct view_case *view)
{
	const struct case_file *file = view->file;
	struct strbuf *out = &run->reply->body;

	json_write_id(out, "id", ID_CASE, &file->id);
	json_write_text(out, "ref", file->ref);
	json_write_text(
	    out, "status", machine_state_name(&case_machine, (int)file->state));
	if (file->outcome != NULL && run->sight != SIGHT_OWN)
		json_write_text(out, "outcome", file->outcome);
	json_write_word(out, "typology", &typology_words, file->typology);
	json_write_word(
	    out, "authorised", &authorised_words, (int)file->authorised);
	json_write_text(out, "profile", file->profile);
	json_write_word(out, "priority", &priority_words, (int)file->priority);
	json_write_money(out, "loss", &file->loss);
	view_write_case_overlays(run, view);
	view_write_institution(run, "unit", &file->unit);
	json_write_time(out, "occurred_at", file->occurred_at);
	json_write_time(out, "reported_at", file->reported_at);
	json_write_time(out, "received_at", file->received_at);
	json_write_time(out, "updated_at", shown_update(run, view));
	json_write_int(out, "row_version", shown_version(run, view));
}

/* The case that goes on for a merged one, and those that go on in it. */
static void
write_kin(const struct view_run *run, const struct view_case *view)
{
	struct strbuf *out = &run->reply->body;
	bool is_merged = !id_is_zero(&view->file->merged_into);

	if (view->kin_count == 0)
		return;
	for (size_t i = 0; i < view->kin_count && is_merged; i++) {
		if (!id_equal(&view->kin[i].id, &view->file->merged_into))
			continue;
		json_write_object(out, "merged_into");
		json_write_id(out, "id", ID_CASE, &view->kin[i].id);
		json_write_text(out, "ref", view->kin[i].ref);
		json_write_object_end(out);
	}
	json_write_array(out, "merged_cases");
	for (size_t i = 0; i < view->kin_count; i++) {
		if (id_equal(&view->kin[i].id, &view->file->merged_into))
			continue;
		json_write_object(out, NULL);
		json_write_id(out, "id", ID_CASE, &view->kin[i].id);
		json_write_text(out, "ref", view->kin[i].ref);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

/* ---- for the police, and partly for auditors */

static enum rc
write_refs(const struct view_run *run, const struct view_case *view,
    const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;
	uint8_t row[SEALED_REF_ROW_SIZE];
	struct blob plain;

	json_write_array(out, "external_refs");
	for (size_t i = 0; i < view->ref_count; i++) {
		const struct sealed_place place = sealed_place_ref(
		    &view->file->id, i, row);

		TRY(sealed_column_open(key, &place, &view->refs[i].sealed,
		    run->arena, &plain, err));
		json_write_object(out, NULL);
		json_write_text(out, "scheme", view->refs[i].scheme);
		json_write_text_bytes(
		    out, "value", (const char *)plain.bytes, plain.length);
		json_write_object_end(out);
	}
	json_write_array_end(out);
	return RC_OK;
}

/* What only the police need of the victim. */
static enum rc
write_people(const struct view_run *run, const struct view_case *view,
    const struct data_key *key, struct err *err)
{
	const struct case_file *file = view->file;
	struct strbuf *out = &run->reply->body;
	struct blob plain;

	TRY(write_refs(run, view, key, err));
	TRY(view_open_text(run, key, SEALED_COMPLAINANT, &file->id,
	    &file->sealed_complainant, &plain, err));
	if (plain.length > 0)
		json_write_raw_bytes(out, "complainant",
		    (const char *)plain.bytes, plain.length);
	TRY(view_open_text(run, key, SEALED_NARRATIVE, &file->id,
	    &file->sealed_narrative, &plain, err));
	if (plain.length > 0)
		json_write_text_bytes(
		    out, "narrative", (const char *)plain.bytes, plain.length);
	return RC_OK;
}

static void
write_origin(struct strbuf *out, const struct case_file *file)
{
	json_write_word(
	    out, "report_channel", &report_channel_words, file->report_channel);
	if (file->language[0] != '\0')
		json_write_text(out, "language", file->language);
	json_write_id(out, "created_by", ID_PRINCIPAL, &file->created_by);
}

/* ---- what the customer bears */

static void
write_evidence(struct strbuf *out, const struct case_file *file,
    const struct liability_verdict *verdict)
{
	json_write_object(out, "evidence");
	view_write_time(out, "bank_notice_at", file->bank_notice_at);
	json_write_time(out, "reported_at", file->reported_at);
	if (file->bank_notice_at != 0)
		json_write_int(out, "working_days", verdict->working_days);
	if (file->account_type >= 0)
		json_write_word(out, "account_type", &account_type_words,
		    file->account_type);
	json_write_object_end(out);
}

static void
write_liability(struct strbuf *out, const struct view_case *view)
{
	const struct case_file *file = view->file;
	struct liability_verdict verdict;

	if (!liability_judge(file, view->txns, view->txn_count, &verdict))
		return;
	json_write_object(out, "customer_liability");
	json_write_text(out, "law", verdict.law->code);
	json_write_text(out, "source", verdict.law->source);
	json_write_word(out, "band", &liability_band_words, (int)verdict.band);
	if (verdict.has_limit)
		json_write_money(out, "limit", &verdict.limit);
	view_write_time(out, "credit_by", verdict.credit_by);
	json_write_array(out, "missing");
	if (verdict.needs_notice)
		json_write_text(out, NULL, "bank_notice_at");
	if (verdict.needs_account_type)
		json_write_text(out, NULL, "account_type");
	if (verdict.needs_authorised)
		json_write_text(out, NULL, "authorised");
	json_write_array_end(out);
	write_evidence(out, file, &verdict);
	json_write_object_end(out);
}

/* ---- rows */

static enum rc
write_txns(const struct view_run *run, const struct view_case *view,
    const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;

	json_write_array(out, "transactions");
	for (size_t i = 0; i < view->txn_count; i++)
		if (run->sight != SIGHT_OWN || has_txn(view, &view->txns[i].id))
			TRY(view_object_txn(run, &view->txns[i], key, err));
	json_write_array_end(out);
	return RC_OK;
}

/* The rows are ordered by position, not by request. */
static enum rc
write_targets(const struct view_run *run, const struct view_case *view,
    const struct freeze_request *request, const struct data_key *key,
    struct err *err)
{
	const struct view_about about = { view->file, request };
	struct strbuf *out = &run->reply->body;

	json_write_array(out, "targets");
	for (size_t i = 0; i < view->target_count; i++) {
		if (!id_equal(&view->targets[i].request, &request->id))
			continue;
		json_write_object(out, NULL);
		TRY(view_object_target(
		    run, &about, &view->targets[i], key, err));
		view_write_unperfected(run, view->formalities,
		    view->formality_count, &request->id);
		json_write_object_end(out);
	}
	json_write_array_end(out);
	return RC_OK;
}

static enum rc
write_requests(const struct view_run *run, const struct view_case *view,
    const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;

	json_write_array(out, "requests");
	for (size_t i = 0; i < view->request_count; i++) {
		const struct freeze_request *request = &view->requests[i];

		if (run->sight == SIGHT_OWN && !has_request(view, &request->id))
			continue;
		json_write_object(out, NULL);
		TRY(view_object_request(run, request, key, err));
		view_write_formalities(run, view->formalities,
		    view->formality_count, &request->id);
		TRY(write_targets(run, view, request, key, err));
		json_write_object_end(out);
	}
	json_write_array_end(out);
	return RC_OK;
}

static enum rc
write_case(const struct view_run *run, const struct view_case *view,
    const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;
	struct duty duty;

	json_write_object(out, NULL);
	write_header(run, view);
	if (run->sight != SIGHT_OWN) {
		write_origin(out, view->file);
		write_kin(run, view);
	}
	if (run->sight != SIGHT_OWN)
		write_liability(out, view);
	if (run->sight != SIGHT_OWN)
		TRY(view_write_containment(run, view, err));
	if (run->sight == SIGHT_FULL) {
		registry_duty(run->registry, &view->file->unit, run->at, &duty);
		roster_json_duty(out, "unit_on_duty", &duty);
		TRY(write_people(run, view, key, err));
	}
	TRY(write_txns(run, view, key, err));
	TRY(write_requests(run, view, key, err));
	TRY(view_write_documents(
	    run, view->documents, view->document_count, key, err));
	view_write_restitutions(run, view);
	json_write_object_end(out);
	return RC_OK;
}

enum rc
view_case_run(struct view_run *run, struct err *err)
{
	SCOPED(sealing_forget) struct data_key key = { { 0 } };
	struct view_case view;
	struct id case_id;

	TRY(view_case_id(run, &case_id, err));
	TRY(view_load_case(run->db, &case_id, view_own_institution(run),
	    run->arena, &view, err));
	if (!access_sees_case(&run->request->actor, run->registry,
		&view.file->unit, view.target_count > 0))
		return view_missing(err);
	run->reply->case_id = view.file->id;
	run->row_version = view.file->row_version;
	if (view_is_known(run, shown_version(run, &view)))
		return RC_OK;
	TRY(view_open_case_key(run, &view.file->wrapped_key, &key, err));
	return write_case(run, &view, &key, err);
}
