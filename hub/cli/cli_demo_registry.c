/*
 * Registration: see cli_demo_registry.h.
 */
#include "hub/cli/cli_demo_registry.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/cli/cli_demo_body.h"
#include "hub/cli/cli_demo_caller.h"
#include "hub/cli/cli_demo_pki.h"

enum { PATH_SIZE = 160, KEY_SIZE = 160, NAP_MS = 25, PATIENCE_SECONDS = 10 };

struct admins {
	struct cli_demo_caller first, second;
};

static void
admins_clear(struct admins *admins)
{
	cli_demo_caller_clear(&admins->first);
	cli_demo_caller_clear(&admins->second);
}

static enum rc
propose(struct cli_demo_caller *admin, const struct json_view *institution,
    const char *pki, struct cli_demo_robot *robot, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	char key[KEY_SIZE];

	strbuf_init(&body, CLI_DEMO_BODY_LIMIT);
	TRY(cli_demo_body_institution(
	    &body, institution, pki, robot != NULL ? robot->port : 0, err));
	(void)snprintf(key, sizeof(key), "register-%s",
	    json_view_text(institution, "slug", "?"));
	TRY(cli_demo_caller_post(
	    admin, "/v1/institutions", key, body.bytes, body.length, err));
	if (robot != NULL)
		(void)snprintf(robot->secret, sizeof(robot->secret), "%s",
		    json_view_text(admin->view, "endpoint/secret", ""));
	return RC_OK;
}

static enum rc
confirm(struct cli_demo_caller *admin, const char *id, struct err *err)
{
	char path[PATH_SIZE], key[KEY_SIZE];

	(void)snprintf(
	    path, sizeof(path), "/v1/institutions/%s/confirmation", id);
	(void)snprintf(key, sizeof(key), "confirm-%s", id);
	return cli_demo_caller_post(admin, path, key, "{}", 2, err);
}

/* Hubs look for a changed registry every second. */
static enum rc
await_effect(const struct cli_demo_place *place, const char *hub,
    const struct json_view *institution, struct err *err)
{
	const struct json_view *person = json_view_item(
	    json_view_at(institution, "principals"), 0);
	const char *file = json_view_text(person, "certificate", "@?.pem");
	int64_t deadline = clock_monotonic() + PATIENCE_SECONDS * CLOCK_SECOND;
	struct cli_demo_caller caller;
	char name[PATH_SIZE];
	enum rc rc;

	(void)snprintf(
	    name, sizeof(name), "%.*s", (int)strlen(file) - 5, file + 1);
	rc = cli_demo_caller_open(place, hub, name, &caller, err);
	while (rc == RC_OK) {
		rc = cli_demo_caller_get(&caller, "/v1/me", "", 0, err);
		if (rc == RC_OK || clock_monotonic() > deadline)
			break;
		(void)poll(NULL, 0, NAP_MS);
		rc = RC_OK;
	}
	cli_demo_caller_clear(&caller);
	return rc;
}

enum rc
cli_demo_registry_enrol(const struct cli_demo_place *place, const char *hub,
    const struct json_view *registry, struct cli_demo_robots *robots,
    struct err *err)
{
	SCOPED(admins_clear) struct admins admins = { .first.client = NULL };
	const struct json_view *all = json_view_at(registry, "institutions");
	size_t count = json_view_count(all);
	char pki[PATH_MAX];

	(void)cli_demo_place_path(place, "pki", pki);
	TRY(cli_demo_caller_open(
	    place, hub, CLI_DEMO_PKI_FIRST_ADMIN, &admins.first, err));
	TRY(cli_demo_caller_open(
	    place, hub, CLI_DEMO_PKI_SECOND_ADMIN, &admins.second, err));
	for (size_t i = 0; i < count; i++) {
		const struct json_view *one = json_view_item(all, i);
		struct cli_demo_robot *robot = cli_demo_robots_find(
		    robots, json_view_text(one, "slug", ""));

		TRY(propose(&admins.first, one, pki, robot, err));
		TRY(confirm(&admins.second,
		    json_view_text(admins.first.view, "id", ""), err));
	}
	return await_effect(place, hub, json_view_item(all, count - 1), err);
}
