/*
 * What pass_deadline's files share: a clock of which a stage has come, with
 * what it is about; what happens at its end, and who is told.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"
#include "hub/domain/effects.h"

struct passing {
	struct command *command;
	struct effects *effects;
	struct deadline *deadline;
	struct case_file *case_file;
	struct freeze_request *request;
	struct target *target; /* of a request's clock: its first, or NULL */
	struct formality *formality;     /* of a document's clock, or NULL */
	struct restitution *restitution; /* of a payment's clock, or NULL */
	struct grievance *grievance;     /* of a grievance's clock, or NULL */
};

/* What the law has the clock do at its end; nothing for most kinds. */
NODISCARD enum rc passing_end(const struct passing *passing, struct err *err);

/* Remind whoever owes it. */
void passing_warn(const struct passing *passing);

/* Tell of the breach: the unit of every one, also of its own. */
void passing_tell_breach(const struct passing *passing);
