/*
 * What a decision wants done: see effects.h.  Rows and moves here, those of the
 * way out in effects_way_out.c, messages in effects_queue.c.
 */
#include "hub/domain/effects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/domain/effects_inside.h"
#include "hub/domain/ids.h"

struct effects_spare {
	struct case_file case_file;
	struct txn txn;
	struct freeze_request request;
	struct target target;
	struct grievance grievance;
	struct restitution restitution;
	struct formality formality;
	struct document document;
	struct event event;
	struct response_row response;
	struct lead_row lead;
	struct evidence_row evidence;
	struct alert_row alert;
	struct attachment_row attachment;
	struct taken_row taken;
	struct kept_reply reply;
	struct registry_change change;
	struct signal_row signal;
};

void
effects_init(struct effects *effects, struct snapshot *snapshot)
{
	memset(effects, 0, sizeof(*effects));
	effects->snapshot = snapshot;
	effects->spare = arena_alloc(snapshot->arena, sizeof(*effects->spare));
	if (effects->spare == NULL)
		abort(); /* an arena too small for anything is our bug */
}

struct effects_mark
effects_mark(const struct effects *effects)
{
	return (struct effects_mark){
		.events = effects->event_count,
		.responses = effects->response_count,
		.evidence = effects->evidence_count,
		.attachments = effects->attachment_count,
		.leads = effects->lead_count,
		.messages = effects->message_count,
		.taken = effects->taken_count,
		.changes = effects->change_count,
		.signals = effects->signal_count,
	};
}

/* ---- rows and records */

/* A full arena fails the batch, but its decisions run to their end. */
#define DEFINE_ADD_ROW(function, type, from, one)     \
	type *function(struct effects *effects)       \
	{                                             \
		type *row = from(effects->snapshot);  \
                                                      \
		if (row == NULL) {                    \
			effects->failed = true;       \
			row = &effects->spare->one;   \
			memset(row, 0, sizeof(*row)); \
		}                                     \
		row->row.is_new = true;               \
		return row;                           \
	}

#define DEFINE_ADD_RECORD(function, type, list, one)               \
	type *function(struct effects *effects)                    \
	{                                                          \
		type *grown = arena_grow(effects->snapshot->arena, \
		    effects->list, effects->one##_count,           \
		    &effects->one##_capacity, sizeof(*grown));     \
                                                                   \
		if (grown == NULL) {                               \
			effects->failed = true;                    \
			return memset(&effects->spare->one, 0,     \
			    sizeof(effects->spare->one));          \
		}                                                  \
		effects->list = grown;                             \
		return &grown[effects->one##_count++];             \
	}

/* clang-format off */
DEFINE_ADD_ROW(effects_add_case, struct case_file, snapshot_add_case, case_file)
DEFINE_ADD_ROW(effects_add_txn, struct txn, snapshot_add_txn, txn)
DEFINE_ADD_ROW(effects_add_request, struct freeze_request, snapshot_add_request, request)
DEFINE_ADD_ROW(effects_add_target, struct target, snapshot_add_target, target)
DEFINE_ADD_ROW(effects_add_grievance, struct grievance, snapshot_add_grievance, grievance)
DEFINE_ADD_ROW(effects_add_restitution, struct restitution, snapshot_add_restitution, restitution)
DEFINE_ADD_ROW(effects_add_formality, struct formality, snapshot_add_formality, formality)
DEFINE_ADD_ROW(effects_add_document, struct document, snapshot_add_document, document)

DEFINE_ADD_RECORD(effects_add_response, struct response_row, responses, response)
DEFINE_ADD_RECORD(effects_add_lead, struct lead_row, leads, lead)
DEFINE_ADD_RECORD(effects_add_evidence, struct evidence_row, evidence, evidence)
DEFINE_ADD_RECORD(effects_add_alert, struct alert_row, alerts, alert)
DEFINE_ADD_RECORD(effects_add_attachment, struct attachment_row, attachments, attachment)
DEFINE_ADD_RECORD(effects_add_taken, struct taken_row, taken, taken)
DEFINE_ADD_RECORD(effects_add_reply, struct kept_reply, replies, reply)
DEFINE_ADD_RECORD(effects_add_change, struct registry_change, changes, change)
DEFINE_ADD_RECORD(effects_add_signal, struct signal_row, signals, signal)
static DEFINE_ADD_RECORD(event_add, struct event, events, event)
    /* clang-format on */

    /* ---- events */

    /* "target.held_full", in the arena. */
    static const char *event_type(
	struct effects *effects, const struct machine *machine, int move)
{
	const char *word = words_name(machine->events, move);
	size_t size = strlen(machine->name) + strlen(word) + 2;
	char *type = arena_alloc(effects->snapshot->arena, size);

	if (type == NULL) {
		effects->failed = true;
		return "";
	}
	(void)snprintf(type, size, "%s.%s", machine->name, word);
	return type;
}

struct event *
effects_note(struct effects *effects, const struct command *command,
    const char *type, const struct id *case_id, const char *subject_prefix,
    const struct id *subject)
{
	struct event *event = event_add(effects);

	event->type = type;
	if (case_id != NULL)
		event->case_id = *case_id;
	event->actor = command->actor.principal;
	event->subject = *subject;
	event->subject_prefix = subject_prefix;
	event->happened_at = event->recorded_at = command->at;
	return event;
}

void
effects_event_money(struct effects *effects, struct event *event,
    const char *name, const struct money *money)
{
	char text[MONEY_TEXT_SIZE], whole[MONEY_TEXT_SIZE + 5];
	char *kept;

	(void)snprintf(whole, sizeof(whole), "%s %s", money_format(money, text),
	    money->currency);
	kept = arena_strdup(effects->snapshot->arena, whole);
	if (kept == NULL)
		effects->failed = true;
	event_text(event, name, kept);
}

void
effects_event_id(struct effects *effects, struct event *event, const char *name,
    const char *prefix, const struct id *id)
{
	char text[ID_TEXT_SIZE];
	char *kept;

	if (id_is_zero(id))
		return;
	kept = arena_strdup(
	    effects->snapshot->arena, id_format(prefix, id, text));
	if (kept == NULL)
		effects->failed = true;
	event_text(event, name, kept);
}

/* ---- moves */

struct event *
effects_step(struct effects *effects, const struct command *command,
    const struct step *step, int *to)
{
	struct err err;
	struct event *event = effects_note(effects, command,
	    event_type(effects, step->machine, step->move), step->case_id,
	    step->prefix, step->subject);

	if (machine_next(step->machine, step->from, step->move, to, &err) !=
	    RC_OK) {
		effects->failed = true;
		*to = step->from;
	}
	event->machine = step->machine;
	event->from = step->from;
	event->move = step->move;
	event->to = *to;
	return event;
}

void
effects_touch_row(struct row_state *row)
{
	if (!row->is_new)
		row->is_dirty = true;
}

/* The case's row version is its ETag: whatever moves on a case raises it. */
void
effects_touch_case_of(struct effects *effects, const struct command *command,
    const struct id *case_id)
{
	struct case_file *case_file = snapshot_case(effects->snapshot, case_id);

	if (case_file == NULL) {
		effects->failed = true;
		return;
	}
	effects_touch_row(&case_file->row);
	case_file->updated_at = command->at;
}

void
effects_touch_case(struct effects *effects, const struct command *command,
    struct case_file *case_file)
{
	(void)effects; /* a case is saved where it stands */
	effects_touch_row(&case_file->row);
	case_file->updated_at = command->at;
}

void
effects_touch_target(struct effects *effects, const struct command *command,
    struct target *target)
{
	target->updated_at = command->at;
	effects_touch_row(&target->row);
	effects_touch_case_of(effects, command, &target->case_id);
}

void
effects_touch_request(struct effects *effects, const struct command *command,
    struct freeze_request *request)
{
	effects_touch_row(&request->row);
	effects_touch_case_of(effects, command, &request->case_id);
}

struct event *
effects_move_apart(struct effects *effects, const struct command *command,
    const struct machine *machine, int from, int move, const char *prefix,
    const struct id *subject, int *to)
{
	const struct step step = { machine, from, move, NULL, subject, prefix };

	return effects_step(effects, command, &step, to);
}

static struct event *
case_step(struct effects *effects, const struct command *command,
    struct case_file *case_file, int from, enum case_event move)
{
	const struct step step = { &case_machine, from, (int)move,
		&case_file->id, &case_file->id, ID_CASE };
	int to;
	struct event *event = effects_step(effects, command, &step, &to);

	if (to != STATE_NEW)
		case_file->state = (enum case_state)to;
	case_file->updated_at = command->at;
	effects_touch_row(&case_file->row);
	return event;
}

static struct event *
request_step(struct effects *effects, const struct command *command,
    struct freeze_request *request, int from, enum request_event move)
{
	const struct step step = { &request_machine, from, (int)move,
		&request->case_id, &request->id, ID_REQUEST };
	int to;
	struct event *event = effects_step(effects, command, &step, &to);

	if (to != STATE_NEW)
		request->state = (enum request_state)to;
	effects_touch_row(&request->row);
	effects_touch_case_of(effects, command, &request->case_id);
	return event;
}

static struct event *
target_step(struct effects *effects, const struct command *command,
    struct target *target, int from, enum target_event move)
{
	const struct step step = { &target_machine, from, (int)move,
		&target->case_id, &target->id, ID_TARGET };
	int to;
	struct event *event = effects_step(effects, command, &step, &to);

	if (to != STATE_NEW)
		target->state = (enum target_state)to;
	effects_touch_target(effects, command, target);
	/* Its identifier, and so its triple, may be another one now. */
	if (move == TARGET_EVENT_CORRECTED &&
	    !snapshot_watch(effects->snapshot, target))
		effects->failed = true;
	return event;
}

static struct event *
formality_step(struct effects *effects, const struct command *command,
    struct formality *formality, int from, enum formality_event move)
{
	const struct step step = { &formality_machine, from, (int)move,
		&formality->case_id, &formality->id, ID_FORMALITY };
	int to;
	struct event *event = effects_step(effects, command, &step, &to);

	if (to != STATE_NEW)
		formality->state = (enum formality_state)to;
	formality->updated_at = command->at;
	effects_touch_row(&formality->row);
	effects_touch_case_of(effects, command, &formality->case_id);
	return event;
}

static struct event *
document_step(struct effects *effects, const struct command *command,
    struct document *document, int from, enum document_event move)
{
	const struct step step = { &document_machine, from, (int)move,
		&document->case_id, &document->id, ID_DOCUMENT };
	int to;
	struct event *event = effects_step(effects, command, &step, &to);

	if (to != STATE_NEW)
		document->state = (enum document_state)to;
	document->updated_at = command->at;
	effects_touch_row(&document->row);
	effects_touch_case_of(effects, command, &document->case_id);
	return event;
}

struct event *
effects_move_document(struct effects *effects, const struct command *command,
    struct document *document, enum document_event move)
{
	return document_step(
	    effects, command, document, (int)document->state, move);
}

struct event *
effects_enter_document(struct effects *effects, const struct command *command,
    struct document *document, enum document_event move)
{
	return document_step(effects, command, document, STATE_NEW, move);
}

struct event *
effects_move_case(struct effects *effects, const struct command *command,
    struct case_file *case_file, enum case_event move)
{
	return case_step(
	    effects, command, case_file, (int)case_file->state, move);
}

struct event *
effects_move_request(struct effects *effects, const struct command *command,
    struct freeze_request *request, enum request_event move)
{
	return request_step(
	    effects, command, request, (int)request->state, move);
}

struct event *
effects_move_target(struct effects *effects, const struct command *command,
    struct target *target, enum target_event move)
{
	return target_step(effects, command, target, (int)target->state, move);
}

struct event *
effects_enter_case(struct effects *effects, const struct command *command,
    struct case_file *case_file, enum case_event move)
{
	return case_step(effects, command, case_file, STATE_NEW, move);
}

struct event *
effects_enter_request(struct effects *effects, const struct command *command,
    struct freeze_request *request, enum request_event move)
{
	return request_step(effects, command, request, STATE_NEW, move);
}

struct event *
effects_enter_target(struct effects *effects, const struct command *command,
    struct target *target, enum target_event move)
{
	return target_step(effects, command, target, STATE_NEW, move);
}

struct event *
effects_move_formality(struct effects *effects, const struct command *command,
    struct formality *formality, enum formality_event move)
{
	return formality_step(
	    effects, command, formality, (int)formality->state, move);
}

struct event *
effects_enter_formality(struct effects *effects, const struct command *command,
    struct formality *formality, enum formality_event move)
{
	return formality_step(effects, command, formality, STATE_NEW, move);
}
