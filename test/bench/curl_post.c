/*
 * The floor under "submit to receiver": one libcurl handle that posts a file
 * at a steady rate over one mutual-TLS connection and prints the quantiles of
 * its round trips.  Run by gates_delivery.mjs.
 *
 *	curl_post URL CA CERTIFICATE KEY BODY PER_SECOND COUNT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>

#include "hub/base/clock.h"
#include "test/bench/load/histogram.h"

enum { BODY_LIMIT = 1 << 20, WORDS = 8 };

static size_t
ignore(char *bytes, size_t size, size_t count, void *context)
{
	(void)bytes;
	(void)context;
	return size * count;
}

static size_t
read_file(const char *path, char *bytes)
{
	FILE *file = fopen(path, "r");
	size_t length;

	if (file == NULL)
		abort();
	length = fread(bytes, 1, BODY_LIMIT, file);
	(void)fclose(file);
	return length;
}

static CURL *
open_handle(char **words, struct curl_slist *headers)
{
	static char body[BODY_LIMIT];
	size_t length = read_file(words[5], body);
	CURL *curl = curl_easy_init();

	if (curl == NULL)
		abort();
	curl_easy_setopt(curl, CURLOPT_URL, words[1]);
	curl_easy_setopt(curl, CURLOPT_CAINFO, words[2]);
	curl_easy_setopt(curl, CURLOPT_SSLCERT, words[3]);
	curl_easy_setopt(curl, CURLOPT_SSLKEY, words[4]);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)length);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
	return curl;
}

static void
wait_until(int64_t when)
{
	struct timespec at = { .tv_sec = (time_t)(when / CLOCK_SECOND),
		.tv_nsec = (long)(when % CLOCK_SECOND) * 1000 };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) != 0)
		;
}

static bool
post(CURL *curl, struct histogram *latency)
{
	int64_t start = clock_monotonic();
	long status = 0;

	if (curl_easy_perform(curl) != CURLE_OK)
		return false;
	histogram_add(latency, clock_monotonic() - start);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	return status / 100 == 2;
}

int
main(int argc, char **argv)
{
	static struct histogram latency;
	struct curl_slist *headers;
	int64_t start, step;
	CURL *curl;
	long count;

	if (argc != WORDS)
		return 2;
	headers = curl_slist_append(NULL, "Content-Type: application/json");
	curl = open_handle(argv, headers);
	step = CLOCK_SECOND / strtol(argv[6], NULL, 10);
	count = strtol(argv[7], NULL, 10);
	/* The first one connects and does not count. */
	if (!post(curl, &latency))
		return 1;
	memset(&latency, 0, sizeof latency);
	start = clock_monotonic();
	for (long i = 1; i <= count; i++) {
		wait_until(start + i * step);
		if (!post(curl, &latency))
			return 1;
	}
	printf("{\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n",
	    histogram_quantile(&latency, 0.5) / 1000,
	    histogram_quantile(&latency, 0.99) / 1000);
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	return 0;
}
