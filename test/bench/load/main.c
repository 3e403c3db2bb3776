/*
 * A load generator for HTTPS servers that want client certificates: keep-alive
 * or new connections, as fast as it goes or at a fixed rate.  Prints one line
 * of JSON.  Used by `make bench`; `load --help x` prints the options.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "hub/base/clock.h"
#include "test/bench/load/cpu.h"
#include "test/bench/load/loop.h"

/* Fresh keys and a whole handshake for every connection: no tickets kept, no
 * session resumed. */
static SSL_CTX *
make_tls(const struct options *o)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_client_method());

	if (tls == NULL ||
	    SSL_CTX_set_min_proto_version(tls, TLS1_3_VERSION) != 1 ||
	    SSL_CTX_set1_groups_list(tls, "P-256") != 1 ||
	    SSL_CTX_load_verify_locations(tls, o->ca, NULL) != 1 ||
	    SSL_CTX_use_certificate_chain_file(tls, o->certificate) != 1 ||
	    SSL_CTX_use_PrivateKey_file(tls, o->key, SSL_FILETYPE_PEM) != 1) {
		(void)fprintf(stderr, "load: the certificates do not do\n");
		exit(2);
	}
	SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, NULL);
	SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_read_ahead(
	    tls, 1); /* one recv for both parts of an answer */
	SSL_CTX_set_mode(tls,
	    SSL_MODE_ENABLE_PARTIAL_WRITE |
		SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
	return tls;
}

static void
allow_many_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

static void
sleep_until(int64_t when)
{
	struct timespec at = { .tv_sec = when / CLOCK_SECOND,
		.tv_nsec = when % CLOCK_SECOND * 1000 };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) != 0)
		;
}

static double
own_cpu(void)
{
	struct rusage usage;

	(void)getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
start_threads(struct run *run, struct loop *loops)
{
	const struct options *o = &run->options;

	(void)pthread_barrier_init(&run->open, NULL, o->threads + 1);
	(void)pthread_barrier_init(&run->go, NULL, o->threads + 1);
	for (unsigned i = 0; i < o->threads; i++) {
		loops[i].run = run;
		loops[i].index = i;
		loops[i].count = o->clients / o->threads +
		    (i < o->clients % o->threads);
		if (pthread_create(
			&loops[i].thread, NULL, loop_run, &loops[i]) != 0)
			abort();
	}
}

/* ---- the result */

struct result {
	uint64_t requests, good, failures, unfinished;
	uint64_t statuses[LOOP_STATUSES];
	bool is_exhausted; /* --lines was too short */
	double seconds, server_cpu, client_cpu;
	struct histogram latency;
};

static void
add_up(struct result *r, const struct run *run, const struct loop *loops)
{
	int64_t last = run->start;

	r->is_exhausted = atomic_load(&run->is_exhausted);
	for (unsigned i = 0; i < run->options.threads; i++) {
		for (int s = 0; s < LOOP_STATUSES; s++) {
			r->statuses[s] += loops[i].statuses[s];
			r->requests += loops[i].statuses[s];
			if (s >= 200 && s < 300)
				r->good += loops[i].statuses[s];
		}
		r->failures += loops[i].failures;
		r->unfinished += loops[i].unfinished;
		if (loops[i].last > last)
			last = loops[i].last;
		histogram_merge(&r->latency, &loops[i].latency);
	}
	r->seconds = run->options.limit > 0
	    ? (double)(last - run->start) / CLOCK_SECOND
	    : (double)(run->end - run->measure) / CLOCK_SECOND;
}

static void
print(const struct result *r)
{
	const char *comma = "";

	printf("{\"requests\":%" PRIu64 ",\"good\":%" PRIu64 ",\"statuses\":{",
	    r->requests, r->good);
	for (int s = 0; s < LOOP_STATUSES; s++) {
		if (r->statuses[s] == 0)
			continue;
		printf("%s\"%d\":%" PRIu64, comma, s, r->statuses[s]);
		comma = ",";
	}
	printf("},\"failures\":%" PRIu64 ",\"unfinished\":%" PRIu64
	       ",\"seconds\":%.3f,\"rate\":%.1f,",
	    r->failures, r->unfinished, r->seconds,
	    r->seconds > 0 ? (double)r->good / r->seconds : 0);
	printf("\"p50_ms\":%.3f,\"p90_ms\":%.3f,\"p99_ms\":%.3f,"
	       "\"max_ms\":%.3f,",
	    histogram_quantile(&r->latency, 0.5) / 1000,
	    histogram_quantile(&r->latency, 0.9) / 1000,
	    histogram_quantile(&r->latency, 0.99) / 1000,
	    (double)r->latency.largest / 1000);
	printf("\"exhausted\":%s,", r->is_exhausted ? "true" : "false");
	printf("\"server_cpu_seconds\":%.2f,\"client_cpu_seconds\":%.2f}\n",
	    r->server_cpu, r->client_cpu);
}

/* Wait for the end of the run and take the processor times around it. */
static void
watch(struct run *run, struct loop *loops, struct result *result)
{
	const struct options *o = &run->options;

	if (o->limit == 0)
		sleep_until(run->measure);
	result->server_cpu = -cpu_seconds(o->pids, o->pid_count);
	result->client_cpu = -own_cpu();
	if (o->limit == 0) {
		sleep_until(run->end);
		result->server_cpu += cpu_seconds(o->pids, o->pid_count);
		result->client_cpu += own_cpu();
	}
	for (unsigned i = 0; i < o->threads; i++)
		(void)pthread_join(loops[i].thread, NULL);
	if (o->limit > 0) {
		result->server_cpu += cpu_seconds(o->pids, o->pid_count);
		result->client_cpu += own_cpu();
	}
}

int
main(int argc, char **argv)
{
	static struct run run;
	static struct loop loops[OPTIONS_THREADS];
	static struct result result;

	options_read(&run.options, argc, argv);
	(void)signal(SIGPIPE, SIG_IGN);
	allow_many_files();
	run.tls = make_tls(&run.options);
	start_threads(&run, loops);
	pthread_barrier_wait(&run.open);
	if (atomic_load(&run.has_failed)) {
		(void)fprintf(stderr, "load: not all clients could connect\n");
		return 1;
	}
	run.start = clock_monotonic();
	run.measure = run.start +
	    (int64_t)(run.options.warm_up * (double)CLOCK_SECOND);
	run.end = run.measure +
	    (int64_t)(run.options.seconds * (double)CLOCK_SECOND);
	pthread_barrier_wait(&run.go);
	watch(&run, loops, &result);
	add_up(&result, &run, loops);
	print(&result);
	SSL_CTX_free(run.tls);
	return result.requests > 0 ? 0 : 1;
}
