/*
 * The five-fact notice about one target, as JSON or as text to print: for the
 * unit, the institution that holds, and auditors.  See view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/domain/notice.h"
#include "hub/domain/profile.h"
#include "hub/wire/json_values.h"

struct told {
	struct notice notice;
	const struct institution *unit;
	const struct profile_basis *basis;
	char languages[NOTICE_LANGUAGE_LIMIT][NOTICE_LANGUAGE_SIZE];
	size_t language_count;
	char target_id[ID_TEXT_SIZE];
};

static enum rc
check_held(const struct view_target *view, struct err *err)
{
	enum target_state state = view->target->state;

	if (!target_state_is_held(state) && state != TARGET_RELEASE_PENDING &&
	    state != TARGET_ATTACHED)
		return err_set(err, RC_CONFLICT, "nothing_held",
		    "the target is %s: there is nothing to give notice of",
		    machine_state_name(&target_machine, (int)state));
	if (notice_type(view->request->action) == NULL)
		return err_set(err, RC_CONFLICT, "nothing_held",
		    "%s restricts nobody",
		    words_name(&action_words, (int)view->request->action));
	return RC_OK;
}

static enum rc
collect(const struct view_run *run, const struct view_target *view,
    const struct data_key *key, struct told *told, struct err *err)
{
	const struct target *target = view->target;
	const struct profile *profile = profile_find(view->file->profile);
	struct notice *notice = &told->notice;
	struct blob hold_ref = { (const uint8_t *)"", 0 };

	if (run->sight != SIGHT_MASKED)
		TRY(view_open_text(run, key, SEALED_HOLD_REF, &target->id,
		    &target->sealed_hold_ref, &hold_ref, err));
	told->unit = registry_institution(run->registry, &view->file->unit);
	told->basis = profile == NULL
	    ? NULL
	    : profile_basis(profile, view->request->basis);
	told->language_count = notice_languages(view->file->profile,
	    told->unit == NULL ? "" : told->unit->region, told->languages);
	notice->amount = target->requested;
	notice->amount.minor = target->held_minor;
	notice->date = target->held_at;
	notice->ends_at = target->expires_at;
	notice->action = view->request->action;
	notice->unit = told->unit == NULL ? "?" : told->unit->name;
	notice->basis = view->request->basis;
	notice->basis_label = told->basis == NULL ? "" : told->basis->label;
	notice->case_ref = view->file->ref;
	notice->hold_ref = (const char *)hold_ref.bytes;
	notice->target_id = id_format(ID_TARGET, &target->id, told->target_id);
	notice->account = target->mask;
	return RC_OK;
}

static void
write_text(const struct view_run *run, const struct told *told)
{
	struct strbuf *out = &run->reply->body;

	run->reply->content_type = "text/plain; charset=utf-8";
	for (size_t i = 0; i < told->language_count; i++) {
		if (i > 0)
			strbuf_append(out, "\n----\n\n");
		notice_write(out, &told->notice, told->languages[i]);
	}
}

static void
write_authority(const struct view_run *run, const struct view_target *view,
    const struct told *told)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, "authority");
	view_write_institution(run, "unit", &view->file->unit);
	json_write_text(out, "profile", view->request->profile);
	json_write_text(out, "basis", view->request->basis);
	if (told->basis != NULL) {
		json_write_text(out, "label", told->basis->label);
		json_write_text(out, "source", told->basis->source);
	}
	json_write_object_end(out);
}

static void
write_json(const struct view_run *run, const struct view_target *view,
    const struct told *told)
{
	const struct notice *notice = &told->notice;
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_money(out, "amount", &notice->amount);
	json_write_time(out, "date", notice->date);
	json_write_object(out, "type");
	json_write_word(out, "action", &action_words, (int)notice->action);
	json_write_text(out, "label",
	    notice_phrase(told->languages[0], notice_type(notice->action)));
	json_write_object_end(out);
	write_authority(run, view, told);
	json_write_object(out, "reference");
	json_write_text(out, "case", notice->case_ref);
	json_write_id(out, "target", ID_TARGET, &view->target->id);
	if (notice->hold_ref[0] != '\0')
		json_write_text(out, "hold_ref", notice->hold_ref);
	json_write_object_end(out);
	json_write_masked(
	    out, "account", view->target->identifier.type, view->target->mask);
	json_write_time(out, "ends_at", notice->ends_at);
	json_write_array(out, "languages");
	for (size_t i = 0; i < told->language_count; i++)
		json_write_text(out, NULL, told->languages[i]);
	json_write_array_end(out);
	json_write_object_end(out);
}

/* The target must be of the case that the path names. */
static enum rc
load(struct view_run *run, struct view_target *view, struct err *err)
{
	struct id case_id;

	TRY(view_case_id(run, &case_id, err));
	TRY(view_load_target(
	    run->db, &run->request->target, run->arena, view, err));
	if (!id_equal(&view->file->id, &case_id) ||
	    !access_sees_target(&run->request->actor, run->registry,
		&view->file->unit, &view->target->institution) ||
	    (run->sight == SIGHT_OWN && view->target->queued_at == 0))
		return view_missing(err);
	return RC_OK;
}

enum rc
view_notice_run(struct view_run *run, struct err *err)
{
	SCOPED(sealing_forget) struct data_key key = { { 0 } };
	struct told told = { .unit = NULL };
	struct view_target view;

	TRY(load(run, &view, err));
	run->reply->case_id = view.file->id;
	run->has_news = true;
	TRY(check_held(&view, err));
	TRY(view_open_case_key(run, &view.file->wrapped_key, &key, err));
	TRY(collect(run, &view, &key, &told, err));
	if (run->request->as_text)
		write_text(run, &told);
	else
		write_json(run, &view, &told);
	return RC_OK;
}
