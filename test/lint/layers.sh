#!/bin/sh
# The floors: every #include "hub/ROOM/…" or "adapters/…" and every library
# header must be allowed by hub/LAYERS.  Prints each offence, fails on any.
set -eu
cd "$(dirname "$0")/../.."

# shellcheck disable=SC2016
find hub $(ls -d adapters 2>/dev/null) -name '*.[ch]' -not -path 'adapters/receivers/*' | sort |
	xargs grep -nE '^#include [<"]' /dev/null |
	awk -F: '
	BEGIN {
		while ((getline line < "hub/LAYERS") > 0) {
			if (line ~ /^#/ || line == "")
				continue
			room = line; sub(/:.*/, "", room)
			rest = line; sub(/^[^:]*:/, "", rest)
			split(rest, half, "|")
			allowed[room] = " " half[1] " "
			count = split(half[2], libs, " ")
			for (i = 1; i <= count; i++)
				owner[libs[i]] = owner[libs[i]] " " room " "
		}
	}
	function room_of(path, parts) {
		if (path ~ /^adapters\/nodal\//) return "adapters/nodal"
		if (path ~ /^adapters\//) return "adapters"
		if (path == "hub/main.c") return "main"
		split(path, parts, "/")
		return parts[2]
	}
	{
		room = room_of($1)
		if (!(room in allowed)) {
			print $1 ": room " room " has no row in hub/LAYERS"
			bad = 1; next
		}
		if (allowed[room] ~ / \* /) next
		text = $0; sub(/^[^<"]*[<"]/, "", text); sub(/[>"].*/, "", text)
		if (text ~ /^(hub|adapters)\//) {
			to = room_of(text)
			if (to != room && index(allowed[room], " " to " ") == 0) {
				print $1 ":" $2 ": room " room \
				    " may not include " text
				bad = 1
			}
			next
		}
		for (lib in owner)
			if (index(text, lib) == 1 &&
			    index(owner[lib], " " room " ") == 0) {
				print $1 ":" $2 ": " text \
				    " belongs to" owner[lib]
				bad = 1
			}
	}
	END { exit bad }'
