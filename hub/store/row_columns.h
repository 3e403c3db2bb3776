/*
 * The columns of the rows that a desk loads and saves, in the order in which
 * sql/queries/load.sql selects and save.sql takes them.  Inside the store
 * only.
 */
#pragma once

#include "hub/domain/effects.h"
#include "hub/store/column.h"

/* A table and its length, for column_put and column_get. */
struct column_list {
	const struct column *columns;
	size_t count;
};

/* Of case_file: what a load reads; what only an INSERT and a view have
 * besides; what an UPDATE sets. */
extern const struct column_list case_columns, case_sealed_columns,
    case_liability_columns, case_merge_columns, case_complainant_columns,
    case_update_columns, alert_columns;
/* Their row_version stands behind these columns. */
extern const struct column_list request_columns, target_columns;
extern const struct column_list deadline_columns, deadline_end_columns;
extern const struct column_list response_columns, grievance_columns,
    restitution_columns, evidence_columns, attachment_columns, lead_columns;
extern const struct column_list txn_columns, formality_columns;
/* The requests stand behind these, as an array. */
extern const struct column_list document_columns;
