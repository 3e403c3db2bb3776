#!/bin/sh
# Makes the certificates of a development or demo hub:
#
#	certs/make-dev-pki.sh DIR [NAME | NAME:both]...
#
# DIR gets an authority (ca.pem, crl.pem), server.pem for localhost,
# hub-client.pem for what the hub sends, and one client certificate for each
# NAME; NAME:both is a receiver's, client and server in one.  What is there
# already is kept, so a second run only adds names.  FREEZELINE names the
# binary.  Not for production: the authority's key lies beside the rest.
set -eu
freezeline=${FREEZELINE:-$(dirname "$0")/../build/${BUILD:-debug}/freezeline}
[ $# -ge 1 ] || { echo "usage: $0 DIR [NAME[:both]]..." >&2; exit 2; }
dir=$1
shift

ca() { "$freezeline" ca "$@" > /dev/null; }

# issue NAME OPTION...: unless the certificate and its key are there.
issue() {
	name=$1
	shift
	[ -e "$dir/$name.pem" ] && [ -e "$dir/$name.key" ] && return
	ca issue "$dir" "$name" "$@"
}

[ -e "$dir/ca.pem" ] || ca init "$dir" --name "Freezeline development CA"
issue server --server --dns localhost --ip 127.0.0.1 --ip ::1
issue hub-client --client --name "Freezeline hub"
for who; do
	case $who in
	*:both) issue "${who%:both}" --client --server \
	    --dns localhost --ip 127.0.0.1 --ip ::1 ;;
	*) issue "$who" --client ;;
	esac
done
# The list ends after 30 days; a second run begins them anew.
ca crl "$dir"
