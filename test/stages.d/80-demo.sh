#!/bin/sh
# The demo's six cases, run to the end and judged, under ASan and UBSan.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" DEMO_BUILD=asan demo-check
