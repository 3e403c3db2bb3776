/*
 * Addresses of crypto assets and the checksums in them: Base58Check, Bech32
 * (BIP 173, BIP 350) and EIP-55.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"

/* Normalise chain and address in place (bech32 in lower case, EIP-55 capitals
 * put in) and check them.  RC_INVALID with unknown_chain at /chain, or
 * bad_form, bad_length, bad_character or bad_check_digit at /value. */
NODISCARD enum rc
crypto_address_check(char *chain, char *address, struct err *err);
