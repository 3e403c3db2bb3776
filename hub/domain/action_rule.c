/*
 * Actions: see action_rule.h.
 */
#include "hub/domain/action_rule.h"

#define KIND(kind) (UINT32_C(1) << INSTITUTION_##kind)
#define MONEY (KIND(BANK) | KIND(WALLET) | KIND(VASP))
#define SETTLE (KIND(PAYMENT_GATEWAY) | KIND(ECOMMERCE))
#define ANYBODY (MONEY | SETTLE | KIND(TELCO))

/* clang-format off */
static const struct action_rule rules[ACTION_COUNT] = {
	/*                                      who                       touches        approval requested */
	[ACTION_HOLD_AMOUNT]                = { ANYBODY,                  SCOPE_AMOUNT,  false,   true  },
	[ACTION_HOLD_TXN_SETTLEMENT]        = { MONEY | SETTLE,           SCOPE_AMOUNT,  false,   true  },
	[ACTION_DEBIT_FREEZE]               = { MONEY,                    SCOPE_ACCOUNT, true,    true  },
	[ACTION_RECEIVE_ONLY]               = { MONEY,                    SCOPE_ACCOUNT, true,    true  },
	[ACTION_BLOCK_CARD]                 = { KIND(BANK),               SCOPE_AMOUNT,  false,   true  },
	[ACTION_BLOCK_WALLET]               = { KIND(WALLET),             SCOPE_ACCOUNT, true,    true  },
	[ACTION_SUSPEND_MERCHANT_SETTLEMENT]= { KIND(PAYMENT_GATEWAY),    SCOPE_ACCOUNT, true,    true  },
	[ACTION_CANCEL_ORDER]               = { KIND(ECOMMERCE),          SCOPE_AMOUNT,  false,   true  },
	[ACTION_INTERCEPT_DELIVERY]         = { KIND(ECOMMERCE),          SCOPE_AMOUNT,  false,   true  },
	[ACTION_BAR_MSISDN]                 = { KIND(TELCO),              SCOPE_AMOUNT,  false,   true  },
	[ACTION_BAR_IMEI]                   = { KIND(TELCO),              SCOPE_AMOUNT,  false,   true  },
	[ACTION_SUSPEND_LISTING]            = { KIND(ECOMMERCE),          SCOPE_AMOUNT,  false,   true  },
	[ACTION_PRESERVE_RECORDS]           = { ANYBODY,                  SCOPE_RECORDS, false,   true  },
	[ACTION_PROVIDE_INFO]               = { ANYBODY,                  SCOPE_RECORDS, false,   false },
	[ACTION_RELEASE]                    = { ANYBODY,                  SCOPE_AMOUNT,  false,   false },
	[ACTION_REDUCE]                     = { ANYBODY,                  SCOPE_AMOUNT,  false,   false },
	[ACTION_EXTEND]                     = { ANYBODY,                  SCOPE_AMOUNT,  false,   false },
	[ACTION_CONFIRM_STATUS]             = { ANYBODY,                  SCOPE_RECORDS, false,   false },
};
/* clang-format on */

const struct action_rule *
action_rule(enum action action)
{
	return &rules[action];
}

bool
action_rule_allows(enum action action, enum institution_kind kind)
{
	return (rules[action].kinds & (UINT32_C(1) << kind)) != 0;
}
