/*
 * Takes Freezeline's webhooks as a CGI program of a web server that ends
 * mutual TLS: cc receiver.c -o receiver -lcrypto.  SECRET STORE: see
 * docs/connect-a-bank.md.
 */
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT = 64 * 1024, SIGNATURE = 3 + 44 }; /* "v1," and base64 */
struct delivery { size_t length; char body[LIMIT]; };

static int is_genuine(const char *id, const char *at, const char *signatures,
    const struct delivery *delivery, const unsigned char *secret, int size)
{
	char text[LIMIT + 64], good[SIGNATURE + 2] = "v1,";
	unsigned char mac[EVP_MAX_MD_SIZE];
	int used = snprintf(text, 64, "%s.%s.", id, at), found = 0;

	if (used >= 64 || strspn(id, "msg_0123456789abcdefghijklnopqrtuvwxyz") != 30 ||
	    id[30] != '\0' || labs(time(NULL) - strtol(at, NULL, 10)) > 300)
		return 0;
	memcpy(text + used, delivery->body, delivery->length); /* as it came */
	HMAC(EVP_sha256(), secret, size, (unsigned char *)text,
	    (size_t)used + delivery->length, mac, NULL);
	EVP_EncodeBlock((unsigned char *)good + 3, mac, 32);
	for (const char *one = signatures; one != NULL; one = strchr(one + 1, ' '))
		if (strlen(one + (*one == ' ')) >= SIGNATURE)
			found |= CRYPTO_memcmp(one + (*one == ' '), good, SIGNATURE) == 0;
	return found;
}

/* One file for each webhook-id, for ever: one that is there came before. */
static int keep(const char *id, const struct delivery *delivery)
{
	char name[64], draft[] = "draft.XXXXXX";
	int file = mkstemp(draft), folder = open(".", O_RDONLY);
	ssize_t written = write(file, delivery->body, delivery->length);
	int is_kept = written == (ssize_t)delivery->length && fsync(file) == 0;

	snprintf(name, sizeof(name), "%.30s.json", id);
	if (is_kept && link(draft, name) == 0)
		fprintf(stderr, "stored %s\n", id);
	is_kept = is_kept && access(name, F_OK) == 0 && fsync(folder) == 0;
	unlink(draft);
	close(file);
	close(folder);
	return is_kept;
}

static const char *header(const char *name)
{
	return getenv(name) == NULL ? "" : getenv(name);
}

int main(void)
{
	static struct delivery delivery;
	unsigned char secret[64] = { 0 };
	const char *id = header("HTTP_WEBHOOK_ID"), *status = "401 Unauthorized";
	const char *key = header("SECRET") + strlen("whsec_");
	int size = EVP_DecodeBlock(secret, (const unsigned char *)key, (int)strlen(key)) -
	    (int)strlen(key + strcspn(key, "="));

	delivery.length = fread(delivery.body, 1, LIMIT, stdin);
	if (is_genuine(id, header("HTTP_WEBHOOK_TIMESTAMP"),
		header("HTTP_WEBHOOK_SIGNATURE"), &delivery, secret, size))
		status = chdir(header("STORE")) == 0 && keep(id, &delivery)
		    ? "204 No Content" /* it is on the disk */
		    : "500 Internal Server Error";
	return printf("Status: %s\r\n\r\n", status) < 0;
}
