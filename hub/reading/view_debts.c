/*
 * Legal debt: the documents that requests owe, by whom, since when, until
 * when.  A page of them, and their part in the views of cases and targets.
 * Nothing on it is sealed.  See view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/authority_list.h"
#include "hub/domain/ids.h"
#include "hub/domain/profile.h"
#include "hub/wire/json_values.h"

static enum formality_state
state_of(const struct view_run *run, const struct formality *formality)
{
	return formality_state_at(formality->state, formality->due_at, run->at);
}

/* What the law calls it; its code where this release does not know it. */
static const char *
label_of(const struct formality *formality)
{
	const struct profile *profile = authority_list_profile(
	    formality->profile);
	const struct profile_document *document = profile == NULL
	    ? NULL
	    : profile_document(profile, formality->type);

	return document == NULL ? formality->type : document->label;
}

static void
write_members(const struct view_run *run, const struct formality *formality)
{
	struct strbuf *out = &run->reply->body;

	json_write_id(out, "id", ID_FORMALITY, &formality->id);
	json_write_text(out, "type", formality->type);
	json_write_text(out, "label", label_of(formality));
	json_write_text(out, "profile", formality->profile);
	json_write_text(out, "basis", formality->basis);
	json_write_text(out, "status",
	    machine_state_name(
		&formality_machine, (int)state_of(run, formality)));
	json_write_time(out, "owed_since", formality->created_at);
	json_write_time(out, "due_at", formality->due_at);
	view_write_id(out, "document_id", ID_DOCUMENT, &formality->document);
}

void
view_write_formalities(const struct view_run *run,
    const struct formality *formalities, size_t count, const struct id *request)
{
	struct strbuf *out = &run->reply->body;

	json_write_array(out, "formalities");
	for (size_t i = 0; i < count; i++) {
		if (request != NULL &&
		    !id_equal(&formalities[i].request, request))
			continue;
		json_write_object(out, NULL);
		write_members(run, &formalities[i]);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

bool
view_is_unperfected(const struct view_run *run,
    const struct formality *formalities, size_t count, const struct id *request)
{
	bool is_unperfected = false;

	for (size_t i = 0; i < count; i++)
		is_unperfected |= id_equal(&formalities[i].request, request) &&
		    state_of(run, &formalities[i]) == FORMALITY_OVERDUE;
	return is_unperfected;
}

void
view_write_unperfected(const struct view_run *run,
    const struct formality *formalities, size_t count, const struct id *request)
{
	json_write_bool(&run->reply->body, "unperfected",
	    view_is_unperfected(run, formalities, count, request));
}

/* ---- the page */

/* Until when each law's documents are asked for: working days are those of
 * its own calendar. */
static enum rc
find_untils(
    const struct view_run *run, struct view_debt_query *query, struct err *err)
{
	const struct span *within = &run->request->owes_within;
	const struct profile *profiles;
	struct view_until *untils;

	if (within->seconds == 0 && within->working_days == 0)
		return RC_OK;
	profiles = profile_list(&query->until_count);
	untils = arena_alloc(run->arena, query->until_count * sizeof(*untils));
	if (untils == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there are too many profiles");
	for (size_t i = 0; i < query->until_count; i++)
		untils[i] = (struct view_until){ profiles[i].name,
			calendar_after(
			    &profiles[i].calendar, run->at, within) };
	query->untils = untils;
	return RC_OK;
}

static void
write_debt(const struct view_run *run, const struct view_debt *debt)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	write_members(run, &debt->formality);
	json_write_id(out, "case_id", ID_CASE, &debt->formality.case_id);
	json_write_text(out, "case_ref", debt->ref);
	json_write_id(out, "request_id", ID_REQUEST, &debt->formality.request);
	view_write_institution(run, "owed_by", &debt->unit);
	json_write_array(out, "institutions");
	for (size_t i = 0; i < debt->institution_count; i++)
		view_write_institution(run, NULL, &debt->institutions[i]);
	json_write_array_end(out);
	json_write_object_end(out);
}

static void
write_page(
    const struct view_run *run, const struct view_debt *debts, size_t count)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++)
		write_debt(run, &debts[i]);
	json_write_array_end(out);
	if (run->reply->next[0] != '\0')
		json_write_text(out, "next_cursor", run->reply->next);
	json_write_object_end(out);
}

/* Of how many cases: for the record of the reading. */
static int64_t
count_cases(const struct view_debt *debts, size_t count)
{
	int64_t cases = 0;

	for (size_t i = 0; i < count; i++) {
		bool is_first = true;

		for (size_t n = 0; n < i && is_first; n++)
			is_first = !id_equal(&debts[n].formality.case_id,
			    &debts[i].formality.case_id);
		cases += is_first;
	}
	return cases;
}

enum rc
view_debts_run(struct view_run *run, struct err *err)
{
	const struct view_request *request = run->request;
	struct view_debt_query query = {
		.institution = view_own_institution(run),
		.case_id = id_is_zero(&request->of_case) ? NULL
							 : &request->of_case,
		.states = request->states,
		.at = run->at,
		.limit = request->limit + 1, /* is there a next page? */
		.after = request->cursor.number,
		.after_id = request->cursor.id,
	};
	struct cursor next = { .kind = CURSOR_DEBTS };
	struct view_debt *debts;
	size_t count;

	if (run->sight == SIGHT_FULL || view_has_scope(run))
		TRY(view_units(run, &query.units, &query.unit_count, err));
	TRY(view_asked_institution(run, &query.asked, err));
	TRY(find_untils(run, &query, err));
	TRY(view_load_debts(run->db, &query, run->arena, &debts, &count, err));
	if (count > (size_t)request->limit) {
		count = (size_t)request->limit;
		next.number = debts[count - 1].formality.due_at;
		next.id = debts[count - 1].formality.id;
		(void)cursor_format(&next, run->reply->next);
	}
	run->reply->case_count = count_cases(debts, count);
	run->has_news = true;
	write_page(run, debts, count);
	return RC_OK;
}
