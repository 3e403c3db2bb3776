/*
 * The TypeID prefixes (docs/domain.md): what kind of thing an id names.
 */
#pragma once

#include "hub/base/id.h"

#define ID_CASE "case"
#define ID_REQUEST "frq"
#define ID_TARGET "tgt"
#define ID_RESPONSE "rsp"
#define ID_DOCUMENT "doc"
#define ID_MESSAGE "msg"
#define ID_PRINCIPAL "prn"
#define ID_INSTITUTION "ins"
#define ID_ENDPOINT "end"
#define ID_TXN "txn"
#define ID_LEAD "lead"
#define ID_GRIEVANCE "grv"
#define ID_EVIDENCE "evd"
#define ID_KEY "key"
#define ID_FORMALITY "fml"
#define ID_AGREEMENT "agr"
#define ID_SIGNAL "sig"
#define ID_WATCH "wat"
#define ID_PAYMENT_HOLD "phd"
#define ID_ALERT "alr"
#define ID_RESTITUTION "rst"
#define ID_ATTACHMENT "att"
