/*
 * Whose volumes a batch adds to, and, of a trial, whose answers would come
 * when.
 */
#include <string.h>

#include "hub/crypto/digest.h"
#include "hub/desk/inside.h"

/* One person is one number, or one address: the name alone is many people's. */
void
volumes_hash(const struct keyring *keyring, struct submit_case *submit)
{
	const struct complainant *who = &submit->complainant;
	const char *text = who->msisdn[0] != '\0' ? who->msisdn : who->email;
	struct digest_part parts[] = {
		{ "complainant", sizeof "complainant" },
		{ text, strlen(text) },
	};

	submit->has_complainant_hash = text[0] != '\0';
	if (submit->has_complainant_hash)
		hmac_key_sign(keyring_lookup(keyring), parts, COUNT(parts),
		    submit->complainant_hash);
}

static bool
is_fit_case(const struct job *job)
{
	return job->unfit.rc == RC_OK &&
	    (job->command->kind == COMMAND_SUBMIT_CASE ||
		job->command->kind == COMMAND_ADD_REQUESTS);
}

static void
add_receivers(const struct submit_case *submit, struct id *ids, size_t *count)
{
	for (size_t r = 0; r < submit->request_count; r++)
		for (size_t t = 0; t < submit->requests[r].target_count; t++)
			ids[(*count)++] =
			    submit->requests[r].targets[t].institution;
}

enum rc
volumes_collect(struct batch *batch, struct load_keys *keys, struct err *err)
{
	struct load_volume_key *volumes;
	struct id *usual;
	size_t most = 1;

	for (size_t i = 0; i < batch->count; i++)
		most += keys_weight(batch->jobs[i]->command);
	volumes = arena_alloc(batch->arena, most * sizeof *volumes);
	usual = arena_alloc(batch->arena, most * sizeof *usual);
	if (volumes == NULL || usual == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	for (size_t i = 0; i < batch->count; i++) {
		const struct command *command = batch->jobs[i]->command;
		const struct submit_case *submit = &command->submit;

		if (!is_fit_case(batch->jobs[i]))
			continue;
		if (command->is_dry_run)
			add_receivers(submit, usual, &keys->usual_count);
		if (batch->velocity_percent > 0)
			volumes[keys->volume_count++] =
			    (struct load_volume_key){
				    command->actor.principal,
				    command->actor.institution,
				    submit->has_complainant_hash
					? submit->complainant_hash
					: NULL,
				    command->at,
			    };
	}
	keys->volumes = volumes;
	keys->usual = usual;
	return RC_OK;
}
