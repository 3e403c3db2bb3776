/*
 * The life of a payment hold: a bank's own pause of a customer's payment
 * (Federal Law 161-FZ of Russia, article 8, parts 3.4 to 3.11, is the model).
 * It has two ends: the customer's answer, and the term.
 */
#pragma once

#include <stdbool.h>

#include "hub/domain/machine.h"

enum payment_hold_state {
	PAYMENT_HOLD_HELD,
	PAYMENT_HOLD_CONFIRMED, /* the payee is listed: strictly the term */
	PAYMENT_HOLD_EXECUTED,
	PAYMENT_HOLD_REFUSED,
	PAYMENT_HOLD_RELEASED, /* nobody answered: the bank is free again */
	PAYMENT_HOLD_STATE_COUNT
};

enum payment_hold_event {
	PAYMENT_HOLD_EVENT_PLACED,
	PAYMENT_HOLD_EVENT_CONFIRMED,
	PAYMENT_HOLD_EVENT_CONFIRMED_LISTED,
	PAYMENT_HOLD_EVENT_REFUSED,
	PAYMENT_HOLD_EVENT_TERM_OVER,
	PAYMENT_HOLD_EVENT_COUNT
};

extern const struct machine payment_hold_machine;

/* Does the payment wait? */
bool payment_hold_state_waits(enum payment_hold_state state);
