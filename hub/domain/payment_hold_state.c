/*
 * The life of a payment hold: see payment_hold_state.h.
 */
#include "hub/domain/payment_hold_state.h"

static const char *const state_names[] = {
	[PAYMENT_HOLD_HELD] = "held",
	[PAYMENT_HOLD_CONFIRMED] = "confirmed",
	[PAYMENT_HOLD_EXECUTED] = "executed",
	[PAYMENT_HOLD_REFUSED] = "refused",
	[PAYMENT_HOLD_RELEASED] = "released",
};

static const char *const event_names[] = {
	[PAYMENT_HOLD_EVENT_PLACED] = "placed",
	[PAYMENT_HOLD_EVENT_CONFIRMED] = "confirmed",
	[PAYMENT_HOLD_EVENT_CONFIRMED_LISTED] = "confirmed_listed",
	[PAYMENT_HOLD_EVENT_REFUSED] = "refused",
	[PAYMENT_HOLD_EVENT_TERM_OVER] = "term_over",
};

static const struct words state_words = { "payment hold status", state_names,
	PAYMENT_HOLD_STATE_COUNT };
static const struct words event_words = { "payment hold event", event_names,
	PAYMENT_HOLD_EVENT_COUNT };

/* clang-format off */
static const struct move moves[] = {
	/* from                    event                                to                      */
	{ STATE_NEW,              PAYMENT_HOLD_EVENT_PLACED,           PAYMENT_HOLD_HELD      },
	{ PAYMENT_HOLD_HELD,      PAYMENT_HOLD_EVENT_CONFIRMED,        PAYMENT_HOLD_EXECUTED  },
	{ PAYMENT_HOLD_HELD,      PAYMENT_HOLD_EVENT_CONFIRMED_LISTED, PAYMENT_HOLD_CONFIRMED },
	{ PAYMENT_HOLD_HELD,      PAYMENT_HOLD_EVENT_REFUSED,          PAYMENT_HOLD_REFUSED   },
	{ PAYMENT_HOLD_CONFIRMED, PAYMENT_HOLD_EVENT_REFUSED,          PAYMENT_HOLD_REFUSED   },
	{ PAYMENT_HOLD_HELD,      PAYMENT_HOLD_EVENT_TERM_OVER,        PAYMENT_HOLD_RELEASED  },
	{ PAYMENT_HOLD_CONFIRMED, PAYMENT_HOLD_EVENT_TERM_OVER,        PAYMENT_HOLD_EXECUTED  },
};
/* clang-format on */

const struct machine payment_hold_machine = { "payment_hold", &state_words,
	&event_words, moves, COUNT(moves) };

bool
payment_hold_state_waits(enum payment_hold_state state)
{
	return state == PAYMENT_HOLD_HELD || state == PAYMENT_HOLD_CONFIRMED;
}
