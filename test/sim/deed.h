/*
 * Deeds: one random command against the world, mostly such as people would
 * give, sometimes by the wrong person, about the wrong thing or with a wrong
 * value.
 */
#pragma once

#include "test/sim/random.h"
#include "test/unit/world.h"

/* Fill world.command.  False where there is nothing to do it to. */
typedef bool deed(struct random *random);

deed deed_submit, deed_approve, deed_withdraw, deed_withdraw_case, deed_add,
    deed_merge, deed_close, deed_issue, deed_correct, deed_remind, deed_release,
    deed_reduce, deed_extend, deed_grieve, deed_decide, deed_respond,
    deed_checkpoint, deed_deliver, deed_pass, deed_attach, deed_propose,
    deed_order, deed_pay, deed_list, deed_unlist, deed_dispute, deed_judge,
    deed_look_up, deed_hold_payment, deed_answer_payment;

/* deed_case.c */
deed deed_amend;
