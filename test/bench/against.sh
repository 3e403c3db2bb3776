#!/bin/sh
# against.sh REV: unpack the commit REV below build/, where it stays for the
# next time, build it and print its folder.
set -eu
revision=$(git rev-parse --verify --quiet "${1:-}^{commit}") || {
	echo "usage: make bench-against REV=COMMIT" >&2
	exit 2
}
tree=build/against/$revision
if [ ! -e "$tree/Makefile" ]; then
	mkdir -p "$tree"
	git archive "$revision" | tar -x -C "$tree"
	ln -s "$PWD/test/node_modules" "$tree/test/node_modules"
fi
make --no-print-directory -C "$tree" BUILD=release \
    build/release/freezeline >&2
echo "$tree"
