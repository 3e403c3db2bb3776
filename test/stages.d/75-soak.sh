#!/bin/sh
# Two dispatchers, forty endpoints, kills: nothing is lost.  A minute here,
# that all of it stays under fifteen; `make test-soak` takes three, and
# SOAK_SECONDS=1800 is the long form.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" test-soak SOAK_SECONDS="${SOAK_SECONDS:-60}"
