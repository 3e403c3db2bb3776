/*
 * One step of the worker: an answer is made, stored and posted, or the
 * institution's program is asked.  What fails is put off, never dropped.
 */
#pragma once

#include "adapters/nodal/answers.h"

/* Make, store and post the answer of a target that is due. */
void step_answer(const struct answers_settings *settings,
    struct work_message *message, struct work_target *target);

/* Run the program on a message and store what it says. */
void step_ask_program(
    const struct answers_settings *settings, struct work_message *message);
