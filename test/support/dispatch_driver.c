/*
 * A dispatcher without a hub, for the tests and the bench: obeys commands on
 * standard input and prints one JSON object for each; its desk prints the
 * reports it gets.
 *
 *	endpoint URL CONCURRENCY allow|guard	add a webhook
 *	messages ENDPOINT PRIORITY COUNT BYTES case|hub ORDER_KEY
 *	registry		load the registry again
 *	start | wake | stop	the dispatcher
 *	desk up|down		whether the desk takes reports
 *	drain N			wait until N are recorded, tell how long it took
 *	counters
 *
 * dispatch_driver KEYRING CERTIFICATE KEY AUTHORITY, with FREEZELINE_TEST_HUB,
 * FREEZELINE_TEST_OWNER and PING_SECONDS; "fresh" as a fifth argument migrates first.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/desk/hub_keys_load.h"
#include "hub/desk/registry_view.h"
#include "hub/dispatch/dispatcher.h"
#include "hub/domain/ids.h"
#include "hub/store/migrate.h"
#include "test/support/dispatch_seed.h"

enum { WORDS = 7, LINE_SIZE = 4096, POLL_US = 2000 };

static struct {
	struct dispatch_seed seed;
	struct registry_view *view;
	struct dispatcher *dispatcher;
	struct dispatcher_settings settings;
	atomic_bool desk_is_down;
	pthread_mutex_t print;
} driver = { .print = PTHREAD_MUTEX_INITIALIZER };

static void
fail(const char *what, const struct err *err)
{
	fprintf(stderr, "%s: %s %s\n", what, err->code, err->text);
	exit(EXIT_FAILURE);
}

static void
say(const char *text)
{
	pthread_mutex_lock(&driver.print);
	puts(text);
	fflush(stdout);
	pthread_mutex_unlock(&driver.print);
}

/* ---- the desk */

static void
print_report(const struct delivery_report *report)
{
	static const char *const facts[] = { "attempted", "delivered",
		"escalated" };
	char id[ID_TEXT_SIZE];
	char text[512];

	(void)snprintf(text, sizeof(text),
	    "{\"report\":\"%s\",\"message\":\"%s\",\"endpoint\":%d,"
	    "\"status\":%d,\"error\":\"%s\",\"targets\":%zu}",
	    facts[report->fact], id_format(ID_MESSAGE, &report->message, id),
	    report->endpoint, report->status, report->error,
	    report->target_count);
	say(text);
}

static void
submit(
    void *context, struct command *command, desk_done *done, void *done_context)
{
	struct reply reply = { .rc = RC_OK, .status = 200 };

	(void)context;
	if (atomic_load(&driver.desk_is_down))
		reply.rc = RC_UNAVAILABLE;
	for (size_t i = 0; reply.rc == RC_OK && getenv("QUIET") == NULL &&
	     i < command->delivery.report_count;
	     i++)
		print_report(&command->delivery.reports[i]);
	done(done_context, command, &reply);
}

static struct registry *
registry(void *context)
{
	(void)context;
	return registry_view_get(driver.view);
}

/* ---- commands */

static void
run_endpoint(char *const *words)
{
	char secret[SIGNING_KEY_TEXT_SIZE], text[256];
	int made = dispatch_seed_endpoint(&driver.seed, words[1],
	    (int)strtol(words[2], NULL, 10), strcmp(words[3], "allow") == 0,
	    secret);

	(void)snprintf(text, sizeof(text),
	    "{\"endpoint\":%d,\"secret\":\"%s\"}", made, secret);
	registry_view_refresh(driver.view);
	if (driver.dispatcher != NULL)
		dispatcher_wake(driver.dispatcher);
	say(text);
}

static void
run_messages(char *const *words)
{
	dispatch_seed_messages(&driver.seed, (int)strtol(words[1], NULL, 10),
	    (int)strtol(words[2], NULL, 10), (int)strtol(words[3], NULL, 10),
	    strtoul(words[4], NULL, 10), strcmp(words[5], "hub") == 0,
	    strtoll(words[6], NULL, 10));
	if (driver.dispatcher != NULL)
		dispatcher_wake(driver.dispatcher);
	say("{\"seeded\":true}");
}

static void
run_registry(char *const *words)
{
	(void)words;
	registry_view_refresh(driver.view);
	if (driver.dispatcher != NULL)
		dispatcher_wake(driver.dispatcher);
	say("{\"refreshed\":true}");
}

static void
run_start(char *const *words)
{
	struct err err;

	(void)words;
	driver.settings.owner = id_new();
	if (dispatcher_start(&driver.settings, &driver.dispatcher, &err) !=
	    RC_OK)
		fail("start", &err);
	say("{\"started\":true}");
}

static void
run_wake(char *const *words)
{
	(void)words;
	dispatcher_wake(driver.dispatcher);
	say("{\"woken\":true}");
}

static void
run_stop(char *const *words)
{
	(void)words;
	dispatcher_stop(driver.dispatcher);
	driver.dispatcher = NULL;
	say("{\"stopped\":true}");
}

static void
run_desk(char *const *words)
{
	atomic_store(&driver.desk_is_down, strcmp(words[1], "down") == 0);
	say("{\"desk\":true}");
}

/* Of the whole process. */
static int64_t
cpu_ms(void)
{
	struct rusage used;

	(void)getrusage(RUSAGE_SELF, &used);
	return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
	    (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
}

static void
run_drain(char *const *words)
{
	static struct dispatcher_counters counters;
	uint64_t wanted = strtoull(words[1], NULL, 10), first;
	int64_t began = clock_monotonic(), cpu = cpu_ms();
	char text[256];

	dispatcher_counters(driver.dispatcher, &counters);
	first = counters.recorded;
	dispatcher_wake(driver.dispatcher);
	while (counters.recorded - first < wanted) {
		(void)usleep(POLL_US);
		dispatcher_counters(driver.dispatcher, &counters);
	}
	(void)snprintf(text, sizeof(text),
	    "{\"drained\":%" PRIu64 ",\"ms\":%" PRId64 ",\"cpuMs\":%" PRId64
	    ",\"batches\":%" PRIu64 ",\"fetches\":%" PRIu64 "}",
	    wanted, (clock_monotonic() - began) / 1000, cpu_ms() - cpu,
	    counters.batches, counters.fetches);
	say(text);
}

static double
mean_ms(const struct tally_histogram *histogram)
{
	return histogram->count == 0
	    ? 0
	    : (double)histogram->sum / (double)histogram->count / 1000;
}

/* The bound under which 99 of 100 lie. */
static double
most_ms(const struct tally_histogram *histogram)
{
	uint64_t left = histogram->count / 100;
	size_t bucket = TALLY_BUCKETS - 1;

	while (bucket > 0 && histogram->counts[bucket] <= left)
		left -= histogram->counts[bucket--];
	return (double)tally_bounds[bucket] / 1000;
}

static void
run_counters(char *const *words)
{
	static struct dispatcher_counters counters;
	char text[1024];

	(void)words;
	dispatcher_counters(driver.dispatcher, &counters);
	(void)snprintf(text, sizeof(text),
	    "{\"started\":%" PRIu64 ",\"recorded\":%" PRIu64
	    ",\"refused\":%" PRIu64 ",\"ok\":%" PRIu64 ",\"shards\":%" PRIu64
	    ",\"inFlight\":%" PRIu64 ",\"unreported\":%" PRIu64
	    ",\"suspended\":%" PRIu64
	    ",\"ages\":%zu,\"deliveredMs\":%.3f,\"wokenMs\":%.3f"
	    ",\"delivered99Ms\":%.0f,\"woken99Ms\":%.0f}",
	    counters.started, counters.recorded, counters.refused,
	    counters.statuses[200], counters.shards, counters.in_flight,
	    counters.unreported, counters.suspended, counters.age_count,
	    mean_ms(&counters.delivered), mean_ms(&counters.woken),
	    most_ms(&counters.delivered), most_ms(&counters.woken));
	say(text);
}

static const struct {
	const char *name;
	int words;
	void (*run)(char *const *words);
} commands[] = {
	{ "endpoint", 4, run_endpoint },
	{ "messages", 7, run_messages },
	{ "registry", 1, run_registry },
	{ "start", 1, run_start },
	{ "wake", 1, run_wake },
	{ "stop", 1, run_stop },
	{ "desk", 2, run_desk },
	{ "drain", 2, run_drain },
	{ "counters", 1, run_counters },
};

static void
obey(char *line)
{
	char *words[WORDS], *rest = line;
	int count = 0;

	while (count < WORDS &&
	    (words[count] = strtok_r(rest, " \n", &rest)) != NULL)
		count++;
	for (size_t i = 0; count > 0 && i < COUNT(commands); i++)
		if (strcmp(commands[i].name, words[0]) == 0 &&
		    commands[i].words == count) {
			commands[i].run(words);
			return;
		}
	say("{\"error\":\"no such command\"}");
}

/* ---- its life */

static void
migrate(void)
{
	struct db_settings settings = { getenv("FREEZELINE_TEST_OWNER"), "test",
		SESSION_MIGRATE };
	SCOPED(db_cleanup) struct db *db = NULL;
	struct err err;

	if (db_open(&settings, &db, &err) != RC_OK ||
	    db_execute(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public",
		&err) != RC_OK ||
	    migrate_apply(db, NULL, NULL, &err) != RC_OK)
		fail("migrate", &err);
}

static void
open_all(char **argv, struct keyring **keyring, struct hub_keys **keys)
{
	const char *conninfo = getenv("FREEZELINE_TEST_HUB");
	struct err err;

	if (keyring_load(argv[1], keyring, &err) != RC_OK ||
	    hub_keys_load(conninfo, *keyring, keys, &err) != RC_OK ||
	    registry_view_open(conninfo, &driver.view, &err) != RC_OK)
		fail("open", &err);
	driver.seed = (struct dispatch_seed){ PQconnectdb(conninfo), *keyring,
		*keys };
	driver.settings = (struct dispatcher_settings){
		.conninfo = conninfo,
		.keyring = *keyring,
		.hub_keys = *keys,
		.courier = { .certificate_file = argv[2],
		    .key_file = argv[3],
		    .authority_file = argv[4] },
		.registry = registry,
		.submit = submit,
		.stop_seconds = 2,
		.ping_seconds = getenv("PING_SECONDS") == NULL
		    ? 0
		    : strtol(getenv("PING_SECONDS"), NULL, 10),
	};
}

int
main(int argc, char **argv)
{
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	SCOPED(hub_keys_cleanup) struct hub_keys *keys = NULL;
	char line[LINE_SIZE], text[SIGNING_KEY_TEXT_SIZE + 32];
	char public[SIGNING_KEY_TEXT_SIZE];

	if (argc < 5)
		return EXIT_FAILURE;
	if (argc > 5)
		migrate();
	open_all(argv, &keyring, &keys);
	(void)snprintf(text, sizeof(text), "{\"public\":\"%s\"}",
	    signing_key_format_public(keyring_signing(keyring), public));
	say(text);
	while (fgets(line, sizeof(line), stdin) != NULL)
		obey(line);
	dispatcher_stop(driver.dispatcher);
	registry_view_close(driver.view);
	PQfinish(driver.seed.connection);
	return EXIT_SUCCESS;
}
