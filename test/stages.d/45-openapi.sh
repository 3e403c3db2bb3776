#!/bin/sh
# docs/openapi.json and docs/examples, and the envelopes under ASan and UBSan.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" BUILD=asan test-openapi
