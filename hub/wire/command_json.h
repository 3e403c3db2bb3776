/*
 * Request bodies as commands: docs/openapi.json in code.  Everything is
 * parsed into value types here; a wrong field ends with its pointer.
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
NODISCARD enum rc command_json_issue(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_correct(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_remind(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_respond(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_checkpoint(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_endpoint(
    const char *body, size_t length, struct command *command, struct err *err);
NODISCARD enum rc command_json_revoke(
    const char *body, size_t length, struct command *command, struct err *err);

/* Reads a certificate's PEM; the http room passes crypto's. */
typedef enum rc command_json_certificate(
    const char *pem, struct certificate_draft *certificate, struct err *err);

NODISCARD enum rc command_json_institution(const char *body, size_t length,
    command_json_certificate *certificate, struct command *command,
    struct err *err);
NODISCARD enum rc command_json_principal(const char *body, size_t length,
    command_json_certificate *certificate, struct command *command,
    struct err *err);
