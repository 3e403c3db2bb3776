/*
 * The settings of a client at the terminal: which hub, and who it is there.
 * Precedence: default < client.ini < FREEZELINE_* environment < options.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/config/setting.h"

struct client_config {
	char hub[SETTING_TEXT_SIZE];  /* base URL */
	char cert[SETTING_TEXT_SIZE]; /* PEM files */
	char key[SETTING_TEXT_SIZE];
	char ca[SETTING_TEXT_SIZE];
	int64_t timeout_seconds;
};

extern const struct setting_table client_config_table;

/* $FREEZELINE_CLIENT_CONFIG, else $XDG_CONFIG_HOME/freezeline/client.ini or
 * ~/.config/freezeline/client.ini where that exists; then the environment. */
NODISCARD enum rc client_config_load(
    char **environment, struct client_config *config, struct err *err);
