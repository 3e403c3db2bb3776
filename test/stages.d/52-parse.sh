#!/bin/sh
# The parser against its corpus under ASan and UBSan; where clang is, five
# seconds of its fuzzer first.
set -eu
cd "$(dirname "$0")/../.."
if command -v clang > /dev/null; then
	make --no-print-directory FUZZ_SECONDS=5 fuzz-parse
else
	echo "no clang: the fuzzer was not run"
fi
exec make --no-print-directory -j "$(nproc)" BUILD=asan test-parse
