/*
 * What runs beneath the demo: see cli_demo_stage.h.
 */
#include "hub/cli/cli_demo_stage.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hub/cli/cli_demo_body.h"
#include "hub/cli/cli_demo_registry.h"

enum { CONFIG_LIMIT = 16384, READY_MS = 20000, STOP_MS = 12000 };

#define SERVER_SCRIPT "sql/private-server.sh"

static const char shell[] = "/bin/sh";

/* ---- running our own programs */

static enum rc
run(const struct cli_demo_stage *stage, const char *name,
    const char *const *argv, struct strbuf *output, struct err *err)
{
	char file[PATH_MAX], log[PATH_MAX];
	const struct cli_demo_launch launch = { name, log, argv };

	(void)snprintf(file, sizeof(file), "log/%s.log", name);
	(void)cli_demo_place_path(&stage->place, file, log);
	return cli_demo_child_run(&launch, output, err);
}

static enum rc
run_server_script(const struct cli_demo_stage *stage, const char *verb,
    const char *role, struct strbuf *output, struct err *err)
{
	const char *argv[] = { shell, SERVER_SCRIPT, verb, stage->place.dir,
		role, NULL };

	return run(stage, "postgresql", argv, output, err);
}

/* ---- the steps */

static enum rc
load_examples(struct cli_demo_stage *stage, struct err *err)
{
	if (access(SERVER_SCRIPT, R_OK) != 0)
		return err_set(err, RC_INVALID, "wrong_folder",
		    "the demo runs in the folder of the sources: there is no "
		    "%s here",
		    SERVER_SCRIPT);
	TRY(cli_demo_body_load(
	    CLI_DEMO_STAGE_EXAMPLES "/registry.json", &stage->registry, err));
	return cli_demo_body_load(
	    CLI_DEMO_STAGE_EXAMPLES "/expected.json", &stage->expected, err);
}

static enum rc
prepare_place(struct cli_demo_stage *stage, struct err *err)
{
	static const char *const folders[] = { "log", "robots", "timelines" };

	cli_demo_place_sweep(&stage->place);
	for (size_t i = 0; i < COUNT(folders); i++)
		TRY(cli_demo_place_folder(&stage->place, folders[i], err));
	return cli_demo_pki_make(
	    &stage->place, stage->registry, stage->password, err);
}

/* A fresh one: what an earlier run left may be of another schema. */
static enum rc
start_database(struct cli_demo_stage *stage, struct err *err)
{
	stage->has_database = true;
	TRY(run_server_script(stage, "destroy", NULL, NULL, err));
	return run_server_script(stage, "start", NULL, NULL, err);
}

static enum rc
append_conninfo(struct cli_demo_stage *stage, struct strbuf *config,
    const char *name, const char *role, struct err *err)
{
	strbuf_printf(config, "%s = ", name);
	return run_server_script(stage, "conninfo", role, config, err);
}

static void
append_file(struct cli_demo_stage *stage, struct strbuf *config,
    const char *name, const char *file)
{
	char path[PATH_MAX];

	strbuf_printf(config, "%s = %s\n", name,
	    cli_demo_place_path(&stage->place, file, path));
}

static enum rc
write_config(struct cli_demo_stage *stage, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf config = { .bytes = NULL };

	strbuf_init(&config, CONFIG_LIMIT);
	strbuf_printf(
	    &config, "listen_port = %d\nadmin_port = 0\n", stage->port);
	append_file(stage, &config, "certificate_file", "pki/server.pem");
	append_file(stage, &config, "key_file", "pki/server.key");
	append_file(stage, &config, "client_ca_file", "pki/ca.pem");
	append_file(stage, &config, "crl_file", "pki/crl.pem");
	append_file(stage, &config, "keyring_file", "keyring");
	append_file(
	    stage, &config, "hub_certificate_file", "pki/hub-client.pem");
	append_file(stage, &config, "hub_key_file", "pki/hub-client.key");
	append_file(stage, &config, "receiver_ca_file", "pki/ca.pem");
	strbuf_append(&config,
	    "registry_delay_seconds = 0\n"
	    "allow_private_receivers = true\n"
	    "shutdown_seconds = 3\n");
	TRY(append_conninfo(stage, &config, "database", "hub", err));
	TRY(append_conninfo(stage, &config, "owner_database", "owner", err));
	return cli_demo_place_write(
	    &stage->place, "freezeline.ini", config.bytes, err);
}

static enum rc
migrate(struct cli_demo_stage *stage, struct err *err)
{
	char config[PATH_MAX], first[PATH_MAX], second[PATH_MAX];
	const char *argv[] = { stage->place.program, "migrate", "--config",
		cli_demo_place_path(&stage->place, "freezeline.ini", config),
		"--first-admins",
		cli_demo_pki_path(
		    &stage->place, CLI_DEMO_PKI_FIRST_ADMIN, ".pem", first),
		cli_demo_pki_path(
		    &stage->place, CLI_DEMO_PKI_SECOND_ADMIN, ".pem", second),
		NULL };

	TRY(write_config(stage, err));
	return run(stage, "migrate", argv, NULL, err);
}

static enum rc
start_hub(struct cli_demo_stage *stage, struct err *err)
{
	char config[PATH_MAX], log[PATH_MAX];
	const char *argv[] = { stage->place.program, "serve", "--config",
		cli_demo_place_path(&stage->place, "freezeline.ini", config),
		NULL };
	const struct cli_demo_launch launch = { "hub",
		cli_demo_place_path(&stage->place, "log/hub.log", log), argv };

	TRY(cli_demo_child_start(&launch, &stage->server, err));
	TRY(cli_demo_child_await_line(
	    &stage->server, "listening port=", READY_MS, &stage->port, err));
	(void)snprintf(stage->hub, sizeof(stage->hub), "https://localhost:%d",
	    stage->port);
	return RC_OK;
}

static enum rc
enrol(struct cli_demo_stage *stage, struct err *err)
{
	TRY(cli_demo_robots_plan(stage->registry, &stage->robots, err));
	return cli_demo_registry_enrol(
	    &stage->place, stage->hub, stage->registry, &stage->robots, err);
}

static enum rc
start_robots(struct cli_demo_stage *stage, struct err *err)
{
	return cli_demo_robots_start(&stage->robots, &stage->place, stage->hub,
	    CLI_DEMO_STAGE_EXAMPLES, err);
}

static const struct {
	const char *what;
	enum rc (*start)(struct cli_demo_stage *stage, struct err *err);
} steps[] = {
	{ "certificates and keys are there", prepare_place },
	{ "PostgreSQL runs, private, on a Unix socket", start_database },
	{ "the schema and the first two admins are in it", migrate },
	{ "the hub listens", start_hub },
	{ "one admin proposed the registry, another confirmed it", enrol },
	{ "the institutions' robots are ready", start_robots },
};

enum rc
cli_demo_stage_start(const char *dir, int port,
    cli_demo_stage_progress *progress, void *context,
    struct cli_demo_stage *stage, struct err *err)
{
	memset(stage, 0, sizeof(*stage));
	stage->port = port;
	stage->place.lock = -1;
	stage->server.output = -1;
	TRY(load_examples(stage, err));
	TRY(cli_demo_place_open(dir, &stage->place, err));
	if (port != 0)
		TRY(cli_demo_robots_try_port(port, err));
	for (size_t i = 0; i < COUNT(steps); i++) {
		TRY(steps[i].start(stage, err));
		if (progress(context, steps[i].what))
			return err_set(err, RC_UNAVAILABLE, "interrupted",
			    "stopped before all was started");
	}
	return RC_OK;
}

/* ---- the end */

void
cli_demo_stage_stop_hub(struct cli_demo_stage *stage)
{
	(void)cli_demo_child_stop(&stage->server, STOP_MS);
}

enum rc
cli_demo_stage_stop(struct cli_demo_stage *stage, struct err *err)
{
	bool robots = cli_demo_robots_stop(&stage->robots);
	bool hub = cli_demo_child_stop(&stage->server, STOP_MS);
	enum rc rc = RC_OK;

	if (stage->has_database)
		rc = run_server_script(stage, "destroy", NULL, NULL, err);
	if (!robots || !hub)
		rc = err_set(err, RC_FAILED, "demo_child",
		    "%s did not end well; the logs are in %s/log",
		    hub ? "a robot" : "the hub", stage->place.dir);
	json_view_free(stage->registry);
	json_view_free(stage->expected);
	cli_demo_place_close(&stage->place);
	return rc;
}

const char *
cli_demo_stage_lost(struct cli_demo_stage *stage)
{
	if (stage->server.pid != 0 && cli_demo_child_has_ended(&stage->server))
		return "the hub";
	return cli_demo_robots_lost(&stage->robots);
}
