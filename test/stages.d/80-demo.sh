#!/bin/sh
# The demo's six cases, run to the end and judged.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" demo-check
