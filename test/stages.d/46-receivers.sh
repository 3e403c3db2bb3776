#!/bin/sh
# The receiver samples, each in its own language, against the dispatcher and
# against forgers.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" test-receivers
