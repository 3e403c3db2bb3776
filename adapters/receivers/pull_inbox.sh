#!/bin/sh
# Pulls an institution's inbox with curl, openssl and jq: sh pull_inbox.sh.
# HUB CERT KEY CA SECRET STORE: see docs/connect-a-bank.md.  Ends with 1 when
# a signature is wrong; `sh pull_inbox.sh once` looks a single time.
set -eu
secret=$(printf %s "${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
draft=$(mktemp -d "$STORE/draft.XXXXXX")
trap 'rm -rf -- "$draft"' EXIT

hub() { # PATH [CURL OPTIONS]
	path=$1
	shift
	curl -sS --fail-with-body --cert "$CERT" --key "$KEY" --cacert "$CA" "$@" "$HUB$path"
}

is_genuine() { # ID TIMESTAMP SIGNATURES FILE
	age=$(($(date +%s) - $2))
	[ "$age" -le 300 ] && [ "$age" -ge -300 ] || return 1
	good=$({ printf '%s.%s.' "$1" "$2"; cat "$4"; } |
	    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$secret" -binary | openssl base64 -A)
	case " $3 " in *" v1,$good "*) return 0 ;; esac
	return 1
}

# One file for each webhook-id, for ever: one that is there came before.
keep() { # ID FILE
	sync "$2"
	if ln "$2" "$STORE/$1.json" 2> "$draft/why"; then
		echo "stored $1"
	elif [ ! -e "$STORE/$1.json" ]; then
		cat "$draft/why" >&2
		exit 1
	fi
	sync "$STORE"
}

while :; do
	hub /v1/inbox -H "Prefer: wait=30" > "$draft/page"
	count=$(jq '.items | length' "$draft/page")
	n=0
	while [ "$n" -lt "$count" ]; do
		of() { jq -j ".items[$n] | $1" "$draft/page"; }
		id=$(of .id)
		of .body > "$draft/body.$n"
		is_genuine "$id" "$(of '.headers."webhook-timestamp"')" \
		    "$(of '.headers."webhook-signature"')" "$draft/body.$n" ||
		    { echo "$id is not from the hub" >&2; exit 1; }
		keep "$id" "$draft/body.$n"
		n=$((n + 1))
	done
	# They are on the disk: the hub need not show them again.
	[ "$count" -eq 0 ] || jq -c '{ids: [.items[].id]}' "$draft/page" |
	    hub /v1/inbox/checkpoint -H "Content-Type: application/json" --data-binary @- > "$draft/taken"
	[ "${1-}" != once ] || exit 0
done
