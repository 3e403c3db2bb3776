/*
 * A certificate and its private key as PEM text on the heap.
 */
#pragma once

/* `key` is NULL where only its owner has it. */
struct cert_pair {
	char *certificate, *key;
};

/* Wipes the key. */
void cert_pair_clear(struct cert_pair *pair);
