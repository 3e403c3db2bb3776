/*
 * What the hub must know of an adapter outside the adapters' room.
 */
#pragma once

/* The media type of its bodies; JSON's for a name that is not known. */
const char *adapter_kind_content_type(const char *name);

/* Where messages come from, in formats that say so: a URN, for a hub has many
 * addresses (RFC 8141). */
#define ADAPTER_KIND_SOURCE "urn:freezeline:hub"
