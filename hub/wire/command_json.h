/*
 * Request bodies as commands: docs/openapi.json in code.  Everything is
 * parsed into value types here; a wrong field ends with its pointer.  What
 * needs rows, the registry, a profile or a clock is the service's business.
 *
 * Codes beside those of json_reader, money and identifier: card_number_refused
 * (a whole card number in free text), bad_form, too_few_items,
 * duplicate_key, unknown_key, bad_order, nothing_to_do, not_allowed_here.
 */
#pragma once

#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"

/* Each reads a whole body into its part of the command, with all memory from
 * command->arena.  RC_MALFORMED or RC_INVALID with the pointer.  An empty
 * body stands for {} where no member is required. */
NODISCARD enum rc command_json_submit(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_approve(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_withdraw(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_amend(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_addition(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_case_patch(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_case_withdrawal(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_merge(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_closing(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_issue(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_correct(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_remind(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_release(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_reduce(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_extend(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_place(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_confirm(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_evidence(
    const char *body, size_t length, struct command *command, struct err *err);
/* A decision on a document, and the waiver of a formality. */
NODISCARD enum rc command_json_document_decision(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_waiver(
    const char *body, size_t length, struct command *command, struct err *err);

NODISCARD enum rc command_json_grievance(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_grievance_decision(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_attachment(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_restitution(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_restitution_order(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_restitution_refusal(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_payment(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_respond(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_checkpoint(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_endpoint(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_revoke(
    const char *body, size_t length, struct command *command, struct err *err);

NODISCARD enum rc command_json_agreement(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_agreement_withdrawal(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_signal(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_watch(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_dispute(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_watch_decision(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_look_up(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_payment_hold(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_payment_answer(
    const char *body, size_t length, struct command *command, struct err *err);

/* Reads a certificate's PEM, with pointers below it; the http room passes
 * crypto's.  The serial that it sets is copied before the next call. */
typedef enum rc command_json_certificate(
    const char *pem, struct certificate_draft *certificate, struct err *err);

NODISCARD enum rc command_json_institution(const char *body, size_t length,
    command_json_certificate *certificate, struct command *command,
    struct err *err);
NODISCARD enum rc command_json_principal(const char *body, size_t length,
    command_json_certificate *certificate, struct command *command,
    struct err *err);
