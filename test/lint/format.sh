#!/bin/sh
# Layout: .clang-format decides.
set -eu
cd "$(dirname "$0")/../.."
find hub $(ls -d adapters 2>/dev/null) test -name '*.[ch]' -not -path '*/node_modules/*' \
    -not -path 'adapters/receivers/*' -print0 |
	xargs -0 clang-format --dry-run --Werror
