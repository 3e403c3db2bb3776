/*
 * The table of adapters.
 */
#include "adapters/adapter.h"

#include <string.h>

static const struct adapter *const adapters[] = { &adapter_json,
	&adapter_cloudevents };

const struct adapter *
adapter_find(const char *name)
{
	for (size_t i = 0; i < COUNT(adapters); i++)
		if (strcmp(adapters[i]->name, name) == 0)
			return adapters[i];
	return NULL;
}
