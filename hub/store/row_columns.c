/*
 * The columns of rows: see row_columns.h.
 */
#include "hub/store/row_columns.h"

#include "hub/domain/case_state.h"
#include "hub/domain/formality_state.h"
#include "hub/domain/request_state.h"
#include "hub/domain/restitution_state.h"
#include "hub/domain/response_code.h"
#include "hub/domain/target_state.h"

#define LIST(table)                   \
	{                             \
		(table), COUNT(table) \
	}

#define AT(field) offsetof(struct case_file, field)
static const struct column case_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_CHARS, AT(ref), NULL, SNAPSHOT_REF_SIZE },
	{ COLUMN_ID, AT(unit), NULL, 0 },
	{ COLUMN_ID, AT(created_by), NULL, 0 },
	{ COLUMN_STATE, AT(state), &case_machine, 0 },
	{ COLUMN_TEXT_OR_NULL, AT(outcome), NULL, 0 },
	{ COLUMN_WORD, AT(typology), &typology_words, 0 },
	{ COLUMN_WORD, AT(authorised), &authorised_words, 0 },
	{ COLUMN_TEXT, AT(profile), NULL, 0 },
	{ COLUMN_WORD, AT(priority), &priority_words, 0 },
	{ COLUMN_CHARS, AT(loss.currency), NULL, MONEY_CURRENCY_SIZE },
	{ COLUMN_LONG, AT(loss.minor), NULL, 0 },
	{ COLUMN_WORD, AT(report_channel), &report_channel_words, 0 },
	{ COLUMN_TEXT, AT(language), NULL, 0 },
	{ COLUMN_TIME, AT(occurred_at), NULL, 0 },
	{ COLUMN_TIME, AT(reported_at), NULL, 0 },
	{ COLUMN_TIME, AT(received_at), NULL, 0 },
	{ COLUMN_TIME, AT(updated_at), NULL, 0 },
	{ COLUMN_BLOB, AT(wrapped_key), NULL, 0 },
};

static const struct column case_sealed_table[] = {
	{ COLUMN_BLOB_OR_NULL, AT(sealed_complainant), NULL, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(sealed_narrative), NULL, 0 },
};

static const struct column case_liability_table[] = {
	{ COLUMN_TIME_OR_NULL, AT(bank_notice_at), NULL, 0 },
	{ COLUMN_WORD_OR_NULL, AT(account_type), &account_type_words, 0 },
};

static const struct column case_complainant_table[] = {
	{ COLUMN_BLOB_OR_NULL, AT(complainant_hash), NULL, 0 },
};

static const struct column case_update_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
	{ COLUMN_STATE, AT(state), &case_machine, 0 },
	{ COLUMN_TEXT_OR_NULL, AT(outcome), NULL, 0 },
	{ COLUMN_WORD, AT(priority), &priority_words, 0 },
	{ COLUMN_TIME, AT(updated_at), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(merged_into), NULL, 0 },
	{ COLUMN_WORD, AT(typology), &typology_words, 0 },
	{ COLUMN_WORD, AT(authorised), &authorised_words, 0 },
};

static const struct column case_merge_table[] = {
	{ COLUMN_ID_OR_NULL, AT(merged_into), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct txn, field)
static const struct column txn_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_SHORT, AT(position), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(parent), NULL, 0 },
	{ COLUMN_SHORT, AT(layer), NULL, 0 },
	{ COLUMN_WORD, AT(channel), &channel_words, 0 },
	{ COLUMN_TEXT, AT(mcc), NULL, 0 },
	{ COLUMN_LONG, AT(money.minor), NULL, 0 },
	{ COLUMN_CHARS, AT(money.currency), NULL, MONEY_CURRENCY_SIZE },
	{ COLUMN_TIME, AT(at), NULL, 0 },
	{ COLUMN_HASH_OR_NULL, AT(reference_hash), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct freeze_request, field)
static const struct column request_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_SHORT, AT(position), NULL, 0 },
	{ COLUMN_INT, AT(generation), NULL, 0 },
	{ COLUMN_WORD, AT(action), &action_words, 0 },
	{ COLUMN_WORD, AT(scope), &scope_words, 0 },
	{ COLUMN_WORD, AT(priority), &priority_words, 0 },
	{ COLUMN_TEXT, AT(basis), NULL, 0 },
	{ COLUMN_TEXT, AT(profile), NULL, 0 },
	{ COLUMN_WORD, AT(successor), &successor_words, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(sealed_reason), NULL, 0 },
	{ COLUMN_STATE, AT(state), &request_machine, 0 },
	{ COLUMN_STATE, AT(desired_state), &request_machine, 0 },
	{ COLUMN_BOOL, AT(is_emergency), NULL, 0 },
	{ COLUMN_ID, AT(requested_by), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(approved_by), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(issued_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(confirm_by), NULL, 0 },
	{ COLUMN_TIME, AT(expires_at), NULL, 0 },
	{ COLUMN_TIME, AT(created_at), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(sealed_on_behalf_of), NULL, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(sealed_on_behalf_ref), NULL, 0 },
	{ COLUMN_TEXT, AT(more_authorities), NULL, 0 },
	{ COLUMN_WORD, AT(follow_leads), &follow_leads_words, 0 },
};
#undef AT

#define AT(field) offsetof(struct target, field)
static const struct column target_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_ID, AT(request), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(txn), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(parent), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(duplicate_of), NULL, 0 },
	{ COLUMN_INT, AT(position), NULL, 0 },
	{ COLUMN_SHORT, AT(layer), NULL, 0 },
	{ COLUMN_INT, AT(generation), NULL, 0 },
	{ COLUMN_STATE, AT(state), &target_machine, 0 },
	{ COLUMN_IDENTIFIER_TYPE, AT(identifier.type), NULL, 0 },
	{ COLUMN_CHARS, AT(mask), NULL, IDENTIFIER_MASK_SIZE },
	{ COLUMN_HASH, AT(identifier_hash), NULL, 0 },
	{ COLUMN_HASH, AT(dedupe_hash), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
	{ COLUMN_LONG, AT(requested.minor), NULL, 0 },
	{ COLUMN_LONG, AT(held_minor), NULL, 0 },
	{ COLUMN_CHARS, AT(requested.currency), NULL, MONEY_CURRENCY_SIZE },
	{ COLUMN_WORD_OR_NULL, AT(response_code), &response_code_words, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(sealed_hold_ref), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(held_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(expires_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(eta), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(queued_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(sent_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(delivered_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(acknowledged_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(answered_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(correct_until), NULL, 0 },
	{ COLUMN_SHORT, AT(reminders), NULL, 0 },
	{ COLUMN_TIME, AT(created_at), NULL, 0 },
	{ COLUMN_TIME, AT(updated_at), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
	{ COLUMN_LONG, AT(reduce_to_minor), NULL, 0 },
	{ COLUMN_WORD_OR_NULL, AT(not_followed), &not_followed_words, 0 },
};
#undef AT

#define AT(field) offsetof(struct deadline, field)
static const struct column deadline_table[] = {
	{ COLUMN_ID, AT(subject), NULL, 0 },
	{ COLUMN_WORD, AT(kind), &deadline_kind_words, 0 },
	{ COLUMN_ID_OR_NULL, AT(case_id), NULL, 0 },
	{ COLUMN_ID, AT(owed_by), NULL, 0 },
	{ COLUMN_WORD, AT(status), &deadline_status_words, 0 },
	{ COLUMN_SHORT, AT(stage), NULL, 0 },
	{ COLUMN_TIME, AT(started_at), NULL, 0 },
	{ COLUMN_TIME, AT(due_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(next_at), NULL, 0 },
};

static const struct column deadline_end_table[] = {
	{ COLUMN_ID, AT(subject), NULL, 0 },
	{ COLUMN_WORD, AT(kind), &deadline_kind_words, 0 },
};
#undef AT

#define AT(field) offsetof(struct formality, field)
static const struct column formality_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_ID, AT(request), NULL, 0 },
	{ COLUMN_TEXT, AT(profile), NULL, 0 },
	{ COLUMN_TEXT, AT(basis), NULL, 0 },
	{ COLUMN_TEXT, AT(type), NULL, 0 },
	{ COLUMN_STATE, AT(state), &formality_machine, 0 },
	{ COLUMN_TIME, AT(due_at), NULL, 0 },
	{ COLUMN_TIME, AT(created_at), NULL, 0 },
	{ COLUMN_TIME, AT(updated_at), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(document), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct document, field)
static const struct column document_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_BOOL, AT(by_institution), NULL, 0 },
	{ COLUMN_ID, AT(filed_by), NULL, 0 },
	{ COLUMN_TEXT, AT(type), NULL, 0 },
	{ COLUMN_STATE, AT(state), &document_machine, 0 },
	{ COLUMN_WORD, AT(format), &document_format_words, 0 },
	{ COLUMN_TEXT, AT(media_type), NULL, 0 },
	{ COLUMN_LONG, AT(size), NULL, 0 },
	{ COLUMN_HASH, AT(sha256), NULL, 0 },
	{ COLUMN_WORD, AT(signature_format), &signature_format_words, 0 },
	{ COLUMN_WORD, AT(signature_check), &signature_check_words, 0 },
	{ COLUMN_TEXT, AT(language), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(supersedes), NULL, 0 },
	{ COLUMN_ID, AT(content), NULL, 0 },
	{ COLUMN_INT, AT(chunk_count), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed_content_key), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(decided_by), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(decided_for), NULL, 0 },
	{ COLUMN_INT, AT(defects), NULL, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(sealed_note), NULL, 0 },
	{ COLUMN_TIME, AT(filed_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(decided_at), NULL, 0 },
	{ COLUMN_TIME, AT(updated_at), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct response_row, field)
static const struct column response_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_ID, AT(target), NULL, 0 },
	{ COLUMN_INT, AT(generation), NULL, 0 },
	{ COLUMN_WORD, AT(code), &response_code_words, 0 },
	{ COLUMN_ID, AT(principal), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_HASH, AT(key), NULL, 0 },
	{ COLUMN_LONG, AT(held_minor), NULL, 0 },
	{ COLUMN_TIME, AT(received_at), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct grievance, field)
static const struct column grievance_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_ID, AT(target), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_STATE, AT(state), &grievance_machine, 0 },
	{ COLUMN_ID, AT(filed_by), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(declined_by), NULL, 0 },
	{ COLUMN_TIME, AT(filed_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(due_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(decided_at), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct restitution, field)
static const struct column restitution_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(plan), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_ID, AT(target), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_ID, AT(claim_case), NULL, 0 },
	{ COLUMN_STATE, AT(state), &restitution_machine, 0 },
	{ COLUMN_LONG, AT(amount.minor), NULL, 0 },
	{ COLUMN_CHARS, AT(amount.currency), NULL, MONEY_CURRENCY_SIZE },
	{ COLUMN_LONG, AT(claim_minor), NULL, 0 },
	{ COLUMN_ID, AT(proposed_by), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(decided_by), NULL, 0 },
	{ COLUMN_TIME, AT(proposed_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(decided_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(due_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(paid_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(ended_at), NULL, 0 },
	{ COLUMN_TIME, AT(updated_at), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(sealed_order), NULL, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(sealed_proof), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct attachment_row, field)
static const struct column attachment_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_ID, AT(target), NULL, 0 },
	{ COLUMN_TEXT, AT(basis), NULL, 0 },
	{ COLUMN_ID, AT(registered_by), NULL, 0 },
	{ COLUMN_TIME, AT(registered_at), NULL, 0 },
	{ COLUMN_TIME, AT(expires_at), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct evidence_row, field)
static const struct column evidence_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_ID, AT(target), NULL, 0 },
	{ COLUMN_WORD, AT(kind), &evidence_kind_words, 0 },
	{ COLUMN_ID, AT(submitted_by), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_TIME, AT(submitted_at), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct alert_row, field)
static const struct column alert_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_WORD, AT(kind), &volume_kind_words, 0 },
	{ COLUMN_WORD, AT(grade), &volume_grade_words, 0 },
	{ COLUMN_ID, AT(unit), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(told), NULL, 0 },
	{ COLUMN_ID, AT(principal), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_LONG, AT(figure), NULL, 0 },
	{ COLUMN_LONG, AT(limit), NULL, 0 },
	{ COLUMN_CHARS, AT(currency), NULL, MONEY_CURRENCY_SIZE },
	{ COLUMN_TIME, AT(raised_at), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct lead_row, field)
static const struct column lead_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(case_id), NULL, 0 },
	{ COLUMN_ID, AT(response), NULL, 0 },
	{ COLUMN_ID, AT(target), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(child), NULL, 0 },
	{ COLUMN_WORD, AT(code), &response_code_words, 0 },
	{ COLUMN_LONG, AT(money.minor), NULL, 0 },
	{ COLUMN_CHARS, AT(money.currency), NULL, MONEY_CURRENCY_SIZE },
	{ COLUMN_TIME, AT(created_at), NULL, 0 },
};
#undef AT

const struct column_list case_columns = LIST(case_table);
const struct column_list case_sealed_columns = LIST(case_sealed_table);
const struct column_list case_liability_columns = LIST(case_liability_table);
const struct column_list case_merge_columns = LIST(case_merge_table);
const struct column_list case_complainant_columns = LIST(
    case_complainant_table);
const struct column_list case_update_columns = LIST(case_update_table);
const struct column_list txn_columns = LIST(txn_table);
const struct column_list request_columns = LIST(request_table);
const struct column_list target_columns = LIST(target_table);
const struct column_list deadline_columns = LIST(deadline_table);
const struct column_list deadline_end_columns = LIST(deadline_end_table);
const struct column_list formality_columns = LIST(formality_table);
const struct column_list document_columns = LIST(document_table);
const struct column_list response_columns = LIST(response_table);
const struct column_list grievance_columns = LIST(grievance_table);
const struct column_list restitution_columns = LIST(restitution_table);
const struct column_list attachment_columns = LIST(attachment_table);
const struct column_list evidence_columns = LIST(evidence_table);
const struct column_list alert_columns = LIST(alert_table);
const struct column_list lead_columns = LIST(lead_table);
