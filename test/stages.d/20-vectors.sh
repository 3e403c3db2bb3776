#!/bin/sh
# test/vectors/leaf.json is what its maker makes; the unit tests hold the C
# code to it.
set -eu
cd "$(dirname "$0")/../.."
make --no-print-directory -f Makefile -f test/node.mk node
exec test/node_modules/node/bin/node test/vectors/make_leaf.mjs --check
