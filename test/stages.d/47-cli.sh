#!/bin/sh
# The commands of people against a recording hub, under ASan and UBSan.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" BUILD=asan test-cli
