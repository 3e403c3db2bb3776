/*
 * The webhook: takes the hub's deliveries over mutual TLS and answers 2xx
 * only for what is on the disk.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "adapters/nodal/intake.h"
#include "adapters/nodal/rules.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/listener/exchange.h"
#include "hub/listener/server.h"

struct receiver;

struct receiver_settings {
	struct server_settings server; /* without handler and context */
	struct intake *intake;         /* must outlive the receiver */
	struct rules_receiver manner;
	bool has_hub_key; /* only this peer, by SPKI SHA-256 */
	uint8_t hub_key[EXCHANGE_DIGEST_SIZE];
};

/* RC_INVALID, RC_FAILED as server_start. */
NODISCARD enum rc receiver_start(const struct receiver_settings *settings,
    struct receiver **receiver, struct err *err);

uint16_t receiver_port(const struct receiver *receiver);

/* Read certificates and revocation lists again. */
NODISCARD enum rc receiver_reload(struct receiver *receiver, struct err *err);

/* Stop taking; what is deferred is answered first, within `drain_ms`. */
void receiver_stop(struct receiver *receiver, int drain_ms);

/* Behind receiver_stop and the journal's end, which still calls back. */
void receiver_free(struct receiver *receiver);
