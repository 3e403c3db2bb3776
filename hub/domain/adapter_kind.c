/*
 * Adapters' media types: see adapter_kind.h.
 */
#include "hub/domain/adapter_kind.h"

#include "hub/domain/vocabulary.h"

const char *
adapter_kind_content_type(const char *name)
{
	static const char *const types[ADAPTER_KIND_COUNT] = {
		[ADAPTER_JSON] = "application/json",
		/* CloudEvents 1.0.2, HTTP protocol binding, 3.2. */
		[ADAPTER_CLOUDEVENTS] = "application/cloudevents+json",
	};
	int kind;

	if (!words_find(&adapter_kind_words, name, &kind))
		kind = ADAPTER_JSON;
	return types[kind];
}
