/*
 * The hub's settings: read once by the composition root and by `check`,
 * handed to each room as plain values.  Precedence: default < INI file <
 * FREEZELINE_* environment < command line.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/log.h"
#include "hub/config/setting.h"

/* Text is "" where it is not set; the rows of config.c say what each is. */
struct config {
	/* the line */
	char listen_address[SETTING_TEXT_SIZE];
	int64_t listen_port;
	int64_t admin_port;
	int64_t threads;
	char certificate_file[SETTING_TEXT_SIZE];
	char key_file[SETTING_TEXT_SIZE];
	char client_ca_file[SETTING_TEXT_SIZE];
	char crl_file[SETTING_TEXT_SIZE];
	bool tls12;
	int64_t connection_limit;
	int64_t per_address_limit;
	int64_t body_limit;
	int64_t document_limit;
	char spool_directory[SETTING_TEXT_SIZE];
	int64_t header_seconds;
	int64_t body_seconds;
	int64_t idle_seconds;
	/* what is kept */
	char database[SETTING_TEXT_SIZE];
	char owner_database[SETTING_TEXT_SIZE];
	char keyring_file[SETTING_TEXT_SIZE];
	int64_t desks;
	int64_t readers;
	/* the way out */
	bool dispatch;
	char hub_certificate_file[SETTING_TEXT_SIZE];
	char hub_key_file[SETTING_TEXT_SIZE];
	char receiver_ca_file[SETTING_TEXT_SIZE];
	int64_t deliveries_in_flight;
	int64_t ping_seconds;
	bool allow_private_receivers;
	/* rules of the house */
	int64_t requests_per_second;
	int64_t lookups_per_minute;
	int64_t registry_delay_seconds;
	int64_t velocity_percent;
	int64_t shutdown_seconds;
	int log_level; /* enum log_level */
};

extern const struct setting_table config_table;

/* Read everything for a command: `--config FILE` (or FREEZELINE_CONFIG)
 * names the file, the other options are settings and are taken out of argv;
 * operands stay, argv[0] too.  RC_INVALID as setting_load says. */
NODISCARD enum rc config_load(int *argc, char **argv, char **environment,
    struct config *config, struct err *err);

/* The table as help text. */
void config_print_help(FILE *out);
