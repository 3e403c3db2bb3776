/*
 * Options of the commands of the way out and back: only command.c, whose
 * table they belong to, includes them.
 */
#pragma once

#include "hub/cli/command.h"

/* clang-format off */
#define KEY_OPTION \
	{ "idempotency-key", "KEY", "the same key does it once, however often it is called" }

#define ORDER_FACTS \
	{ "basis", "LAW", "by which law (needed)" }, \
	{ "issuer", "COURT", "the court or authority (needed)" }, \
	{ "number", "NUMBER", "its own number of the order (needed)" }, \
	{ "date", "DAY", "of the order, YYYY-MM-DD (needed)" }, \
	{ "document", "DOCUMENT", "the order itself, where it is filed and verified" }, \
	{ "reason", "TEXT", "what else is to be said" }
static const struct command_option attach_options[] = {
	KEY_OPTION,
	ORDER_FACTS,
	{ "until", "TIME", "how long the order lasts (needed)" },
};
static const struct command_option order_options[] = {
	KEY_OPTION,
	ORDER_FACTS,
};
static const struct command_option propose_options[] = {
	KEY_OPTION,
};
static const struct command_option pay_options[] = {
	KEY_OPTION,
	{ "reference", "TEXT", "the payment's own, such as a UTR" },
	{ "amount", "AMOUNT", "what was paid: exactly the sum ordered" },
	{ "currency", "CODE", "of the amount" },
	{ "paid-at", "TIME", "when it was paid" },
	{ "reason", "TEXT", "why it failed" },
	{ "note", "TEXT", "what else is to be said" },
};
static const struct command_option grievance_options[] = {
	KEY_OPTION,
	{ "text", "TEXT", "the account holder's words (needed)" },
};
static const struct command_option decide_options[] = {
	KEY_OPTION,
	{ "reason", "TEXT", "why; needed but for endorse and take" },
};
/* clang-format on */
