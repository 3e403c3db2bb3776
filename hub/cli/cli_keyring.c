/*
 * The hub's keys: see cli_keyring.h.
 */
#include "hub/cli/cli_keyring.h"

#include <stdio.h>

#include "hub/cli/exit_code.h"
#include "hub/cli/hub_call.h"
#include "hub/crypto/keyring.h"
#include "hub/wire/json_writer.h"

enum { OUTPUT_LIMIT = 4096 };

static void
print_json(const struct signing_key *key, uint32_t kek, const char *public)
{
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };

	strbuf_init(&out, OUTPUT_LIMIT);
	json_write_object(&out, NULL);
	json_write_int(&out, "newest_kek", kek);
	json_write_text(&out, "signing_key_id", key->key_id);
	json_write_text(&out, "signing_key", public);
	json_write_object_end(&out);
	(void)puts(out.bytes);
}

/* What receivers are given: the public half of the v1a key. */
static enum exit_code
show(const struct args *args)
{
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	char public[SIGNING_KEY_TEXT_SIZE];
	const struct signing_key *key;
	uint32_t kek;
	struct err err;

	if (keyring_load(args_operand(args, 0), &keyring, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	key = keyring_signing(keyring);
	(void)keyring_newest_kek(keyring, &kek);
	(void)signing_key_format_public(key, public);
	if (args_has(args, "json"))
		print_json(key, kek, public);
	else
		(void)printf("newest key-encryption key %u\n"
			     "signing key %s\n%s\n",
		    kek, key->key_id, public);
	return EXIT_CODE_OK;
}

int
cli_keyring_create(const struct args *args)
{
	struct err err;

	if (keyring_generate(args_operand(args, 0), &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	return show(args);
}

int
cli_keyring_show(const struct args *args)
{
	return show(args);
}
