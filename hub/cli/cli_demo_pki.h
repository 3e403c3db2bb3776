/*
 * Certificates of the demo: one for each person and machine of
 * registry.json, two admins, and the hub's own two.  They are kept from run
 * to run, so that a browser that has one keeps its way in.
 */
#pragma once

#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/cli/cli_demo_place.h"
#include "hub/wire/json_view.h"

#define CLI_DEMO_PKI_FIRST_ADMIN "hub_admin.first"
#define CLI_DEMO_PKI_SECOND_ADMIN "hub_admin.second"

enum { CLI_DEMO_PKI_PASSWORD_SIZE = 24 };

/* Make what is missing in DIR/pki (all of it where it is about to expire),
 * a fresh revocation list, and DIR/keyring.  `password` is that of the
 * .p12 files. */
NODISCARD enum rc cli_demo_pki_make(const struct cli_demo_place *place,
    const struct json_view *registry, char password[CLI_DEMO_PKI_PASSWORD_SIZE],
    struct err *err);

/* DIR/pki/NAME + ending (".pem", ".key"); `path` has PATH_MAX bytes. */
char *cli_demo_pki_path(const struct cli_demo_place *place, const char *name,
    const char *ending, char *path);
