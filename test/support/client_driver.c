/*
 * The hub's clients on a leash, for the tests against a receiver: obeys
 * commands on standard input and prints one JSON object for each outcome.
 *
 *	send URL allow|guard PIN|- BYTES TIMES
 *	call BASE METHOD PATH BODY|-
 *
 * client_driver CERTIFICATE|- KEY|- AUTHORITY TOTAL_MS
 */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "hub/client/courier.h"
#include "hub/client/request.h"

enum { WORDS = 6, INPUT_SIZE = 8192, BODY_SIZE = 100000, RESPONSE = 65536 };

struct driver {
	struct courier *courier;
	struct request_settings settings;
	struct request_client *client; /* of the last BASE */
	char base[INPUT_SIZE];
	char input[INPUT_SIZE];
	size_t length;
	bool is_over;
};

static char body[BODY_SIZE];

/* What a test compares has no characters to escape. */
static const char *
plain(char *text)
{
	for (char *at = text; *at != '\0'; at++)
		if (*at == '"' || *at == '\\' || !isprint((unsigned char)*at))
			*at = '?';
	return text;
}

static void
print_outcome(void *context, const struct outcome *outcome)
{
	char head[COURIER_HEAD_SIZE + 1];
	char explanation[COURIER_EXPLANATION_SIZE];

	(void)context;
	(void)snprintf(head, sizeof(head), "%.*s", (int)outcome->head_length,
	    (const char *)outcome->head);
	(void)snprintf(
	    explanation, sizeof(explanation), "%s", outcome->explanation);
	printf("{\"error\":\"%s\",\"status\":%d,\"retryAfter\":%lld,"
	       "\"length\":%zu,\"head\":\"%s\",\"remote\":\"%s\","
	       "\"ms\":%lld,\"endpoint\":%lld,\"explanation\":\"%s\"}\n",
	    courier_error_name(outcome->error), outcome->status,
	    (long long)outcome->retry_after_seconds, outcome->length,
	    plain(head), outcome->remote, (long long)outcome->milliseconds,
	    (long long)outcome->endpoint, plain(explanation));
	(void)fflush(stdout);
}

static void
run_send(struct driver *driver, char *const *words)
{
	static const char *const headers[] = { "Content-Type: application/json",
		"webhook-id: msg_1", NULL };
	const struct delivery delivery = { .url = words[1],
		.headers = headers,
		.body = body,
		.length = strtoul(words[4], NULL, 10) % BODY_SIZE,
		.endpoint = 7,
		.allow_private = strcmp(words[2], "allow") == 0,
		.pinned_key = strcmp(words[3], "-") == 0 ? NULL : words[3] };
	struct err err;

	for (long i = strtol(words[5], NULL, 10); i > 0; i--)
		if (courier_send(driver->courier, &delivery, &err) != RC_OK)
			printf("{\"error\":\"%s\"}\n", err.code);
	(void)fflush(stdout);
}

static enum rc
call(struct driver *driver, char *const *words,
    struct request_response *response, struct err *err)
{
	const char *text = strcmp(words[4], "-") == 0 ? NULL : words[4];

	if (strcmp(driver->base, words[1]) != 0) {
		request_free(driver->client);
		driver->client = NULL;
		driver->settings.base_url = words[1];
		TRY(request_new(&driver->settings, &driver->client, err));
		(void)snprintf(
		    driver->base, sizeof(driver->base), "%s", words[1]);
	}
	return request_perform(driver->client, words[2], words[3], NULL, text,
	    text != NULL ? strlen(text) : 0, response, err);
}

static void
run_call(struct driver *driver, char *const *words)
{
	struct request_response response;
	struct err err = { .rc = RC_OK };
	enum rc rc;

	request_response_init(&response);
	rc = call(driver, words, &response, &err);
	if (rc != RC_OK)
		printf("{\"rc\":%d,\"code\":\"%s\",\"text\":\"%s\"}\n", (int)rc,
		    err.code, plain(err.text));
	else
		printf("{\"rc\":0,\"status\":%d,\"type\":\"%s\","
		       "\"etag\":\"%s\",\"link\":\"%s\",\"location\":\"%s\","
		       "\"replayed\":\"%s\",\"preference\":\"%s\","
		       "\"retryAfter\":%lld,\"length\":%zu,\"body\":\"%s\"}\n",
		    response.status, plain(response.content_type),
		    plain(response.etag), plain(response.link),
		    response.location, response.idempotent_replayed,
		    response.preference_applied,
		    (long long)response.retry_after_seconds,
		    response.body.length,
		    response.body.length < INPUT_SIZE
			? plain(response.body.bytes)
			: "");
	(void)fflush(stdout);
	request_response_clear(&response);
}

static void
obey(struct driver *driver, char *line)
{
	char *words[WORDS] = { NULL }, *rest = NULL;

	words[0] = strtok_r(line, " ", &rest);
	for (size_t i = 1; i < WORDS; i++)
		words[i] = strtok_r(NULL, " ", &rest);
	if (words[0] != NULL && strcmp(words[0], "send") == 0 &&
	    words[5] != NULL)
		run_send(driver, words);
	else if (words[0] != NULL && strcmp(words[0], "call") == 0 &&
	    words[4] != NULL)
		run_call(driver, words);
	else
		printf("{\"error\":\"what?\"}\n");
}

static void
take_input(void *context, int fd, uint32_t events)
{
	struct driver *driver = context;
	char *end;
	ssize_t got = read(fd, driver->input + driver->length,
	    sizeof(driver->input) - driver->length - 1);

	(void)events;
	if (got <= 0) {
		driver->is_over = true;
		return;
	}
	driver->length += (size_t)got;
	driver->input[driver->length] = '\0';
	while ((end = strchr(driver->input, '\n')) != NULL) {
		size_t size = (size_t)(end - driver->input) + 1;

		*end = '\0';
		obey(driver, driver->input);
		driver->length -= size;
		memmove(
		    driver->input, driver->input + size, driver->length + 1);
	}
}

static const char *
file_or_none(const char *word)
{
	return strcmp(word, "-") == 0 ? NULL : word;
}

static enum rc
run(struct driver *driver, char **argv, struct err *err)
{
	const struct courier_settings settings = {
		.certificate_file = file_or_none(argv[1]),
		.key_file = file_or_none(argv[2]),
		.authority_file = argv[3],
		.connect_milliseconds = 1000,
		.total_milliseconds = strtol(argv[4], NULL, 10),
	};

	driver->settings = (struct request_settings){
		.certificate_file = settings.certificate_file,
		.key_file = settings.key_file,
		.authority_file = settings.authority_file,
		.total_milliseconds = settings.total_milliseconds,
		.response_limit = RESPONSE,
	};
	TRY(courier_new(
	    &settings, print_outcome, driver, &driver->courier, err));
	TRY(courier_watch(
	    driver->courier, STDIN_FILENO, EPOLLIN, take_input, driver, err));
	while (!driver->is_over)
		TRY(courier_poll(driver->courier, -1, err));
	return RC_OK;
}

int
main(int argc, char **argv)
{
	static struct driver driver;
	struct err err = { .rc = RC_OK };
	enum rc rc;

	if (argc != 5)
		return EXIT_FAILURE;
	memset(body, 'x', sizeof(body));
	rc = run(&driver, argv, &err);
	if (rc != RC_OK)
		(void)fprintf(stderr, "%s\n", err.text);
	courier_free(driver.courier);
	request_free(driver.client);
	return rc == RC_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
