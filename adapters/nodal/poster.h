/*
 * Posts one answer to the hub, under a key that is the same after a crash.
 */
#pragma once

#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/client/request.h"

enum { POSTER_CODE_SIZE = 64 };

/* What the hub said.  `is_final`: no other answer will come to this key. */
struct poster_verdict {
	int status; /* 0: no answer */
	bool is_final, is_accepted;
	int retry_after_seconds;     /* 0: not said */
	char code[POSTER_CODE_SIZE]; /* of the problem, or of the failure */
	char detail[ERR_TEXT_SIZE];
};

/* POST /v1/targets/{target}/responses with Idempotency-Key
 * "MESSAGE.TARGET.N".  Blocks as long as the client's settings say. */
void poster_post(struct request_client *client, const char *message_id,
    const char *target_id, int n, const char *body,
    struct poster_verdict *verdict);

/* Milliseconds until the next try after so many failures: 0.5, 1, 2 … 60
 * seconds, or what the hub asked for. */
int poster_pause_ms(int failures, const struct poster_verdict *verdict);
