/*
 * A POST: body to command, to the desk, and its reply as the response.  See
 * call.h.
 */
#include "hub/http/call.h"

#include <string.h>
#include <strings.h>

#include "hub/crypto/digest.h"
#include "hub/desk/intake.h"
#include "hub/http/gate.h"

/* What came with a document stands in its header fields. */
static bool
is_of_document(const char *name)
{
	return strncasecmp(name, "document-", strlen("document-")) == 0 ||
	    strcasecmp(name, "content-type") == 0;
}

static void
append_document(const struct call *call, struct strbuf *head)
{
	const struct exchange_field *headers;
	size_t count;

	if (call->spool == NULL)
		return;
	headers = exchange_headers(call->exchange, &count);
	for (size_t i = 0; i < count; i++)
		if (is_of_document(headers[i].name)) {
			strbuf_append(head, headers[i].name);
			strbuf_append_char(head, ':');
			strbuf_append(head, headers[i].value);
			strbuf_append_char(head, '\0');
		}
}

/* Method, path and query, body: what a key stands for.  The query is put
 * together again from its parameters, in their order. */
static enum rc
make_fingerprint(
    const struct call *call, struct idempotency *idempotency, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf head = { .bytes = NULL };
	const struct exchange_field *queries;
	struct digest_part parts[2];
	size_t count, length;
	const char *body = exchange_body(call->exchange, &length);

	queries = exchange_queries(call->exchange, &count);
	strbuf_init(&head, 65536);
	strbuf_append(&head, exchange_method(call->exchange));
	strbuf_append_char(&head, '\0');
	strbuf_append(&head, exchange_path(call->exchange));
	for (size_t i = 0; i < count; i++) {
		strbuf_append_char(&head, i == 0 ? '?' : '&');
		strbuf_append(&head, queries[i].name);
		strbuf_append_char(&head, '=');
		strbuf_append(&head, queries[i].value);
	}
	strbuf_append_char(&head, '\0');
	append_document(call, &head);
	if (head.failed)
		return err_set(err, RC_TOO_LARGE, "request_too_large",
		    "the path and its query are too long");
	parts[0] = (struct digest_part){ head.bytes, head.length };
	parts[1] = (struct digest_part){ body, length };
	if (call->spool != NULL)
		parts[1] = (struct digest_part){ spool_sha256(call->spool),
			DIGEST_SIZE };
	digest_sha256_parts(parts, COUNT(parts), idempotency->fingerprint);
	return RC_OK;
}

static enum rc
read_command(struct call *call, struct err *err)
{
	struct command *command;

	if (call->route->is_upload)
		TRY(upload_end(call, err));
	TRY(call_command(call, &command, err));
	command->is_dry_run = call->is_dry_run;
	if (call->route->needs_key && !call->is_dry_run) {
		TRY(gate_read_key(
		    exchange_header(call->exchange, "Idempotency-Key"),
		    &command->idempotency, err));
		TRY(make_fingerprint(call, &command->idempotency, err));
	}
	TRY(call->route->read(call, command, err));
	call->command = command;
	return RC_OK;
}

/* On the desk's thread. */
static void
done(void *context, struct command *command, const struct reply *reply)
{
	struct call *call = context;
	struct response response = {
		.status = reply->status,
		.content_type = "application/json",
		.body = reply->body,
		.length = reply->body_length,
	};

	(void)command;
	if (reply->rc != RC_OK) {
		reply_failure(call, &reply->err);
		return;
	}
	if (reply->location != NULL && reply->location[0] != '\0')
		reply_header(&response, "Location", reply->location);
	if (reply->is_replay)
		reply_header(&response, "Idempotent-Replayed", "true");
	reply_send(call, &response);
}

enum rc
use_command(struct call *call, struct err *err)
{
	TRY(read_command(call, err));
	/* The view of the registry is given back when the handler returns. */
	call->registry = NULL;
	exchange_defer(call->exchange);
	if (call->spool != NULL)
		intake_submit(call->http->settings.intake, call->command,
		    call->spool, done, call);
	else
		desk_submit(
		    call->http->settings.desk, call->command, done, call);
	return RC_OK;
}
