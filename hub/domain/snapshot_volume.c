/*
 * Volumes and usual times of a batch, few of each: see snapshot.h.
 */
#include <stdio.h>
#include <string.h>

#include "hub/domain/snapshot.h"

struct volume *
snapshot_volume(struct snapshot *snapshot, enum volume_kind kind,
    const uint8_t *subject, size_t size, const char *currency)
{
	struct volume wanted = { .kind = kind }, *grown;

	memcpy(wanted.subject, subject, size);
	(void)snprintf(
	    wanted.currency, sizeof(wanted.currency), "%s", currency);
	for (size_t i = 0; i < snapshot->volume_count; i++) {
		struct volume *volume = &snapshot->volumes[i];

		if (volume->kind == kind &&
		    memcmp(volume->subject, wanted.subject,
			sizeof(wanted.subject)) == 0 &&
		    strcmp(volume->currency, wanted.currency) == 0)
			return volume;
	}
	grown = arena_grow(snapshot->arena, snapshot->volumes,
	    snapshot->volume_count, &snapshot->volume_capacity, sizeof(*grown));
	if (grown == NULL)
		return NULL;
	snapshot->volumes = grown;
	grown[snapshot->volume_count] = wanted;
	return &grown[snapshot->volume_count++];
}

const struct usual_time *
snapshot_usual(const struct snapshot *snapshot, const struct id *institution)
{
	for (size_t i = 0; i < snapshot->usual_count; i++)
		if (id_equal(
			&snapshot->usual_times[i].institution, institution))
			return &snapshot->usual_times[i];
	return NULL;
}
