/*
 * The rooms of a running hub: see rooms.h.
 */
#include "hub/cli/rooms.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/clerk/clerk.h"
#include "hub/clerk/deadlines.h"
#include "hub/clerk/sequencer.h"
#include "hub/cli/rooms_metrics.h"
#include "hub/crypto/hub_keys.h"
#include "hub/crypto/keyring.h"
#include "hub/desk/desk.h"
#include "hub/desk/hub_keys_load.h"
#include "hub/desk/intake.h"
#include "hub/desk/registry_view.h"
#include "hub/dispatch/bell.h"
#include "hub/dispatch/dispatcher.h"
#include "hub/http/http.h"
#include "hub/http/upload.h"
#include "hub/listener/server.h"
#include "hub/reading/reader.h"
#include "hub/store/migrate.h"

enum { MILLISECONDS = 1000, VIEW_AGE_SECONDS = 10 };

/* The desk's commits ring while others are still being opened, hence the
 * atomic pointers. */
struct rooms {
	const struct config *config;
	const char *version;
	struct keyring *keyring;
	struct hub_keys *hub_keys;
	struct registry_view *view;
	struct bell *_Atomic bell;
	struct sequencer *_Atomic sequencer;
	struct clerk *clerk;
	struct deadlines *deadlines;
	struct dispatcher *_Atomic dispatcher; /* NULL: others deliver */
	struct desk *desk;
	struct intake *intake;
	struct reader *_Atomic reader;
	struct http *http;
	struct http_probe probe;
	struct server *server, *admin;
	struct id node;
	/* Shared while somebody is told of a commit; none is once it is
	 * hushed.  A room is not closed while another tells it something. */
	pthread_rwlock_t telling;
	bool is_hushed;
};

static struct registry *
present_registry(void *context)
{
	return registry_view_get(((struct rooms *)context)->view);
}

/* ---- who is told of what */

static void
tell_of_commit(struct rooms *rooms, const struct desk_ring *ring)
{
	const struct reader_news news = { ring->cases, ring->case_count,
		ring->institutions, ring->institution_count };
	struct sequencer *sequencer = rooms->sequencer;
	struct dispatcher *dispatcher = rooms->dispatcher;
	struct reader *reader = rooms->reader;
	struct bell *bell = rooms->bell;
	unsigned flags = 0;

	if (ring->has_registry_change) {
		registry_view_refresh(rooms->view);
		flags |= BELL_REGISTRY;
	}
	if (ring->has_events && sequencer != NULL)
		sequencer_wake(sequencer);
	if (ring->has_events)
		flags |= BELL_EVENTS;
	if ((ring->has_messages || ring->has_registry_change) &&
	    dispatcher != NULL)
		dispatcher_wake(dispatcher);
	if (ring->has_messages)
		flags |= BELL_MESSAGES;
	if (reader != NULL)
		reader_ring(reader, &news);
	if (bell != NULL)
		bell_ring(bell, flags);
}

/* A commit of this process: on a thread of the desk, before the replies. */
static void
desk_rang_us(void *context, const struct desk_ring *ring)
{
	struct rooms *rooms = context;

	pthread_rwlock_rdlock(&rooms->telling);
	if (!rooms->is_hushed)
		tell_of_commit(rooms, ring);
	pthread_rwlock_unlock(&rooms->telling);
}

static void
tell_of_flags(struct rooms *rooms, unsigned flags)
{
	struct sequencer *sequencer = rooms->sequencer;
	struct dispatcher *dispatcher = rooms->dispatcher;

	if ((flags & BELL_REGISTRY) != 0)
		registry_view_wake(rooms->view);
	if ((flags & BELL_EVENTS) != 0 && sequencer != NULL)
		sequencer_wake(sequencer);
	if ((flags & (BELL_MESSAGES | BELL_REGISTRY)) != 0 &&
	    dispatcher != NULL)
		dispatcher_wake(dispatcher);
}

/* A commit of another hub: on the bell's thread. */
static void
bell_rang_us(void *context, unsigned flags)
{
	struct rooms *rooms = context;

	pthread_rwlock_rdlock(&rooms->telling);
	if (!rooms->is_hushed)
		tell_of_flags(rooms, flags);
	pthread_rwlock_unlock(&rooms->telling);
}

static void
submit_to_desk(
    void *context, struct command *command, desk_done *done, void *done_context)
{
	desk_submit(
	    ((struct rooms *)context)->desk, command, done, done_context);
}

static bool
is_view_fresh(void *context)
{
	return registry_view_age(((struct rooms *)context)->view) <
	    VIEW_AGE_SECONDS * CLOCK_SECOND;
}

static void
write_metrics(void *context, struct strbuf *out)
{
	struct rooms *rooms = context;

	rooms_metrics_write(rooms->dispatcher, rooms->sequencer,
	    rooms->deadlines, rooms->server, out);
}

/* ---- opening, each with what it needs of those before */

static enum rc
check_schema(const struct config *config, struct err *err)
{
	struct db_settings settings = { .conninfo = config->database,
		.application = "freezeline start",
		.session = SESSION_MIGRATE };
	SCOPED(db_cleanup) struct db *db = NULL;

	TRY(db_open(&settings, &db, err));
	return migrate_check(db, err);
}

static enum rc
open_keys(struct rooms *rooms, struct err *err)
{
	const struct config *config = rooms->config;

	TRY(keyring_load(config->keyring_file, &rooms->keyring, err));
	TRY(check_schema(config, err));
	TRY(hub_keys_load(
	    config->database, rooms->keyring, &rooms->hub_keys, err));
	return registry_view_open(config->database, &rooms->view, err);
}

static enum rc
open_clerks(struct rooms *rooms, struct err *err)
{
	const char *conninfo = rooms->config->database;
	const struct bell_settings bell_settings = { .conninfo = conninfo,
		.node = rooms->node,
		.heard = bell_rang_us,
		.context = rooms };
	const struct sequencer_settings sequencer_settings = {
		.conninfo = conninfo, .owner = rooms->node
	};
	const struct clerk_settings clerk_settings = { conninfo, rooms->node };
	struct sequencer *sequencer;
	struct bell *bell;

	TRY(clerk_start(&clerk_settings, &rooms->clerk, err));
	TRY(sequencer_start(&sequencer_settings, &sequencer, err));
	rooms->sequencer = sequencer;
	TRY(bell_start(&bell_settings, &bell, err));
	rooms->bell = bell;
	return RC_OK;
}

static enum rc
open_desk(struct rooms *rooms, struct err *err)
{
	const struct config *config = rooms->config;
	const struct reader_settings reader_settings = {
		.conninfo = config->database,
		.keyring = rooms->keyring,
		.registry = present_registry,
		.context = rooms,
		.threads = (unsigned)config->readers,
	};
	const struct desk_settings desk_settings = {
		.conninfo = config->database,
		.keyring = rooms->keyring,
		.hub_keys = rooms->hub_keys,
		.registry_delay_seconds = config->registry_delay_seconds,
		.velocity_percent = (int)config->velocity_percent,
		.seats = (size_t)config->desks,
		.registry = present_registry,
		.rang = desk_rang_us,
		.context = rooms,
	};
	struct reader *reader;

	TRY(reader_start(&reader_settings, &reader, err));
	rooms->reader = reader;
	TRY(desk_start(&desk_settings, &rooms->desk, err));
	return intake_start(config->database, rooms->desk, &rooms->intake, err);
}

static enum rc
open_deadlines(struct rooms *rooms, struct err *err)
{
	const struct deadlines_settings settings = {
		.conninfo = rooms->config->database,
		.owner = rooms->node,
		.submit = submit_to_desk,
		.context = rooms,
	};

	return deadlines_start(&settings, &rooms->deadlines, err);
}

static const char *
or_none(const char *text)
{
	return text[0] == '\0' ? NULL : text;
}

static enum rc
open_dispatcher(struct rooms *rooms, struct err *err)
{
	const struct config *config = rooms->config;
	const struct dispatcher_settings settings = {
		.conninfo = config->database,
		.owner = rooms->node,
		.keyring = rooms->keyring,
		.hub_keys = rooms->hub_keys,
		.courier = { .certificate_file = or_none(
				 config->hub_certificate_file),
		    .key_file = or_none(config->hub_key_file),
		    .authority_file = or_none(config->receiver_ca_file),
		    .forbid_private = !config->allow_private_receivers },
		.ping_seconds = config->ping_seconds,
		.in_flight_limit = (size_t)config->deliveries_in_flight,
		.registry = present_registry,
		.submit = submit_to_desk,
		.context = rooms,
	};
	struct dispatcher *dispatcher;

	if (!config->dispatch)
		return RC_OK;
	TRY(dispatcher_start(&settings, &dispatcher, err));
	rooms->dispatcher = dispatcher;
	return RC_OK;
}

enum rc
rooms_open(const struct config *config, const char *version,
    struct rooms **rooms, struct err *err)
{
	struct rooms *new = calloc(1, sizeof *new);
	enum rc rc;

	if (new == NULL)
		log_panic("out of memory", NULL);
	new->config = config;
	new->version = version;
	new->node = id_new();
	(void)pthread_rwlock_init(&new->telling, NULL);
	rc = open_keys(new, err);
	if (rc == RC_OK)
		rc = open_clerks(new, err);
	if (rc == RC_OK)
		rc = open_desk(new, err);
	if (rc == RC_OK)
		rc = open_deadlines(new, err);
	if (rc == RC_OK)
		rc = open_dispatcher(new, err);
	if (rc != RC_OK) {
		rooms_close(new);
		return rc;
	}
	*rooms = new;
	return RC_OK;
}

/* ---- serving */

static void
open_http(struct rooms *rooms)
{
	struct http_settings settings = {
		.desk = rooms->desk,
		.reader = rooms->reader,
		.intake = rooms->intake,
		.spool_directory = rooms->config->spool_directory,
		.document_limit = (size_t)rooms->config->document_limit,
		.keyring = rooms->keyring,
		.version = rooms->version,
		.requests_per_second = (unsigned)
					   rooms->config->requests_per_second,
		.lookups_per_minute = (unsigned)
					  rooms->config->lookups_per_minute,
		.registry = present_registry,
		.context = rooms,
		.probes = &rooms->probe,
		.probe_count = 1,
		.metrics = write_metrics,
		.metrics_context = rooms,
	};

	rooms->probe = (struct http_probe){ "registry", is_view_fresh, rooms };
	rooms->http = http_new(&settings);
}

enum rc
rooms_serve(struct rooms *rooms, struct err *err)
{
	const struct config *config = rooms->config;
	struct server_settings settings = {
		.address = config->listen_address,
		.port = (uint16_t)config->listen_port,
		.threads = (unsigned)config->threads,
		.connection_limit = (unsigned)config->connection_limit,
		.per_address_limit = (unsigned)config->per_address_limit,
		.header_deadline_ms = (int)config->header_seconds *
		    MILLISECONDS,
		.body_deadline_ms = (int)config->body_seconds * MILLISECONDS,
		.idle_deadline_ms = (int)config->idle_seconds * MILLISECONDS,
		.body_limit = (size_t)config->body_limit,
		.certificate_file = config->certificate_file,
		.key_file = config->key_file,
		.client_ca_file = config->client_ca_file,
		.crl_file = or_none(config->crl_file),
		.tls12 = config->tls12,
		.handler = http_handle,
		.open_sink = upload_open_sink,
	};
	struct server_settings admin = {
		.port = (uint16_t)config->admin_port,
		.threads = 1,
		.plain = true,
		.handler = http_admin_handle,
	};

	open_http(rooms);
	settings.context = admin.context = rooms->http;
	TRY(server_start(&settings, &rooms->server, err));
	return server_start(&admin, &rooms->admin, err);
}

int
rooms_port(const struct rooms *rooms)
{
	return server_port(rooms->server);
}

int
rooms_admin_port(const struct rooms *rooms)
{
	return server_port(rooms->admin);
}

enum rc
rooms_reload(struct rooms *rooms, struct err *err)
{
	return server_reload(rooms->server, err);
}

/* ---- closing: first those who bring work, then those who do it */

/* Nobody is told of anything any more: what is closed next is used by none
 * but who is closed before it. */
static void
hush(struct rooms *rooms)
{
	pthread_rwlock_wrlock(&rooms->telling);
	rooms->is_hushed = true;
	pthread_rwlock_unlock(&rooms->telling);
}

/* The admin listener shows the other's counters, so it goes first. */
static void
close_doors(struct rooms *rooms)
{
	if (rooms->server != NULL)
		server_quiesce(rooms->server);
	if (rooms->reader != NULL)
		reader_release(rooms->reader);
	server_stop(rooms->admin, 0);
	server_stop(
	    rooms->server, (int)rooms->config->shutdown_seconds * MILLISECONDS);
}

/* Dispatcher and reader bring work to the desk until their end. */
static void
close_workers(struct rooms *rooms)
{
	dispatcher_stop(rooms->dispatcher);
	reader_stop(rooms->reader);
	deadlines_stop(rooms->deadlines);
	intake_stop(rooms->intake);
	desk_stop(rooms->desk);
	intake_free(rooms->intake);
	http_free(rooms->http);
	bell_stop(rooms->bell);
	sequencer_stop(rooms->sequencer);
	clerk_stop(rooms->clerk);
}

void
rooms_close(struct rooms *rooms)
{
	if (rooms == NULL)
		return;
	close_doors(rooms);
	hush(rooms);
	close_workers(rooms);
	registry_view_close(rooms->view);
	hub_keys_free(rooms->hub_keys);
	keyring_free(rooms->keyring);
	(void)pthread_rwlock_destroy(&rooms->telling);
	free(rooms);
}
