#!/bin/sh
# Two dispatchers, forty endpoints, kills: nothing is lost.  Three minutes;
# `make test-soak SOAK_SECONDS=1800` for long.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" test-soak
