/*
 * Uploads and downloads: see upload.h and call.h.
 */
#include "hub/http/upload.h"

#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/base/log.h"
#include "hub/crypto/digest.h"
#include "hub/domain/document.h"
#include "hub/http/call.h"

/* Memory of an upload: three pieces; of a download: the document. */
enum { UPLOAD_LIMIT = 64, DOWNLOAD_LIMIT = 8 };

struct upload {
	struct http *http;
	struct spool *spool;
};

/* ---- in */

/* Asked of every request: most are told apart by the end of their path. */
static bool
is_upload(const struct exchange *exchange)
{
	static const char end[] = "/documents";
	const char *path = exchange_path(exchange);
	size_t length = strlen(path);
	struct http_way way;

	if (length < strlen(end) ||
	    strcmp(path + length - strlen(end), end) != 0)
		return false;
	http_route_find(exchange_method(exchange), path, &way);
	return way.route != NULL && way.route->is_upload;
}

static bool
may_upload(const struct exchange *exchange, const struct http *http)
{
	const struct http_settings *settings = &http->settings;
	SCOPED(registry_cleanup)
	struct registry *registry = settings->registry(settings->context);
	const uint8_t *key = exchange_peer_key(exchange);
	struct actor actor;
	struct err err;

	return key != NULL &&
	    registry_identify(registry, key, clock_now(), &actor, &err) ==
	    RC_OK &&
	    access_check(&actor, RIGHT_FILE_DOCUMENT, &err) == RC_OK;
}

static bool
take(void *state, const void *bytes, size_t length)
{
	return spool_add(((struct upload *)state)->spool, bytes, length);
}

static void
drop(void *state)
{
	struct upload *upload = state;

	atomic_fetch_sub(&upload->http->uploads, 1);
	spool_free(upload->spool);
	free(upload);
}

bool
upload_open_sink(
    const struct exchange *exchange, void *context, struct exchange_sink *sink)
{
	struct http *http = context;
	struct upload *upload;
	struct err err;

	if (!is_upload(exchange) || !may_upload(exchange, http))
		return false;
	if (atomic_fetch_add(&http->uploads, 1) >= UPLOAD_LIMIT) {
		atomic_fetch_sub(&http->uploads, 1);
		return false;
	}
	upload = calloc(1, sizeof *upload);
	if (upload == NULL)
		log_panic("out of memory", NULL);
	upload->http = http;
	if (spool_open(http->settings.spool_directory, &upload->spool, &err) !=
	    RC_OK) {
		atomic_fetch_sub(&http->uploads, 1);
		free(upload);
		return false;
	}
	*sink = (struct exchange_sink){ upload, http->settings.document_limit,
		take, drop };
	return true;
}

/* ---- whole */

/* RFC 9530: sha-256=:base64:, among others. */
static bool
read_digest(const char *header, uint8_t digest[DIGEST_SIZE])
{
	static const char name[] = "sha-256=:";
	const char *value = strstr(header, name), *end;
	size_t length;

	if (value == NULL ||
	    (value != header && strchr(", ", value[-1]) == NULL))
		return false;
	value += strlen(name);
	end = strchr(value, ':');
	return end != NULL &&
	    base64_decode(
		value, (size_t)(end - value), digest, DIGEST_SIZE, &length) &&
	    length == DIGEST_SIZE;
}

static enum rc
check_digest(const struct call *call, struct err *err)
{
	static const char at[] = "/headers/content-digest";
	const char *header = exchange_header(call->exchange, "Content-Digest");
	uint8_t told[DIGEST_SIZE];

	if (header == NULL)
		return err_at(err, RC_MALFORMED, at, "content_digest_missing",
		    "an upload needs a Content-Digest header");
	if (!read_digest(header, told))
		return err_at(err, RC_MALFORMED, at, "bad_content_digest",
		    "a Content-Digest is sha-256=:base64:");
	if (!digest_equal(told, spool_sha256(call->spool), sizeof told))
		return err_at(err, RC_INVALID, at, "digest_mismatch",
		    "the content that came is not what its digest says");
	return RC_OK;
}

enum rc
upload_end(struct call *call, struct err *err)
{
	const struct upload *upload = exchange_sink_state(call->exchange);

	if (upload == NULL)
		return err_set(err, RC_UNAVAILABLE, "uploads_busy",
		    "no upload can be taken at present; try again");
	call->spool = upload->spool;
	TRY(spool_end(call->spool, err));
	return check_digest(call, err);
}

/* ---- out */

static void
end_download(void *user)
{
	atomic_fetch_sub(&((struct http *)user)->downloads, 1);
}

enum rc
upload_begin_download(struct call *call, struct err *err)
{
	struct http *http = call->http;

	if (atomic_fetch_add(&http->downloads, 1) >= DOWNLOAD_LIMIT) {
		atomic_fetch_sub(&http->downloads, 1);
		return err_set(err, RC_UNAVAILABLE, "downloads_busy",
		    "too many contents leave at present; try again");
	}
	exchange_set_user(call->exchange, http, end_download);
	return RC_OK;
}
