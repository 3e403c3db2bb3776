#!/bin/sh
# A private PostgreSQL 15 for the demo and the tests, on a Unix socket only.
#
#	private-server.sh start DIR			make it if need be, start it, wait
#	private-server.sh stop DIR			stop it; the data stays
#	private-server.sh crash DIR			kill it and start it again
#	private-server.sh destroy DIR		stop it and remove what start made
#	private-server.sh conninfo DIR hub|owner	print how to connect
#
# DIR/pg is the data directory, or a link to a fresh one under /var/tmp where
# the server's user cannot reach DIR.  DIR/pg.env (0600) holds the passwords.
set -eu
umask 077

fail() { printf 'private-server.sh: %s\n' "$1" >&2; exit 1; }
usage() { sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2; }

command=${1-}
case $command in
start | stop | crash | destroy) [ $# -eq 2 ] || usage ;;
conninfo) [ $# -eq 3 ] || usage ;;
*) usage ;;
esac
mkdir -p "$2"
dir=$(cd "$2" && pwd)
link=$dir/pg
# The server's user may not be able to follow a link in DIR.
data=$(readlink -f "$link")
env=$dir/pg.env

# The server refuses root: it runs as another user, with the same commands.
if [ "$(id -u)" -eq 0 ]; then
	user=${FREEZELINE_PG_USER:-postgres}
	id "$user" > /dev/null 2>&1 || fail "no user $user: apt-get install postgresql-15"
	as_server() { (cd / && exec runuser -u "$user" -- "$@"); }
else
	user=$(id -un)
	as_server() { (cd / && exec "$@"); }
fi

find_server() {
	for bin in "${FREEZELINE_PG_BIN-}" /usr/lib/postgresql/15/bin \
	    /usr/pgsql-15/bin "$(command -v pg_ctl | sed 's,/[^/]*$,,')"; do
		[ -z "$bin" ] || [ ! -x "$bin/pg_ctl" ] || break
	done
	[ -x "$bin/pg_ctl" ] ||
	    fail "PostgreSQL 15 is missing: apt-get install postgresql-15"
	case $("$bin/postgres" --version) in
	*' 15.'*) ;;
	*) fail "$bin is not PostgreSQL 15" ;;
	esac
}

is_running() {
	[ -f "$data/postmaster.pid" ] &&
	    as_server "$bin/pg_ctl" status -s -D "$data" > /dev/null 2>&1
}

password() { od -An -v -tx1 -N24 /dev/urandom | tr -d ' \n'; }

# A data directory that the server's user owns and reaches.
make_data() {
	data=$link
	mkdir "$data"
	[ "$(id -u)" -eq 0 ] || return 0
	chown "$user" "$data"
	if as_server test -w "$data"; then
		return
	fi
	rmdir "$link"
	data=$(mktemp -d /var/tmp/freezeline-pg.XXXXXX)
	chown "$user" "$data"
	ln -s "$data" "$link"
}

# The socket's path may have 107 bytes: a short directory of its own.
make_socket() {
	socket=$(mktemp -d "${TMPDIR:-/tmp}/freezeline.XXXXXX")
	if [ ${#socket} -ge 80 ]; then
		rmdir "$socket"
		socket=$(mktemp -d /tmp/freezeline.XXXXXX)
	fi
	chmod 755 "$socket"
	[ "$(id -u)" -ne 0 ] || chown "$user" "$socket"
}

write_env() {
	cat > "$env.new" <<-END
	socket=$socket
	admin_password=$admin_password
	owner_password=$owner_password
	hub_password=$hub_password
	END
	mv "$env.new" "$env"
}

# Statements are never logged, so neither are their parameters; a failed one
# is told by its state and message alone.
write_settings() {
	cat <<-'END'
	listen_addresses = ''
	fsync = on
	full_page_writes = on
	password_encryption = scram-sha-256
	max_connections = 60
	shared_buffers = 128MB
	max_wal_size = 2GB
	timezone = 'UTC'
	log_timezone = 'UTC'
	log_destination = 'stderr'
	logging_collector = off
	log_statement = 'none'
	log_min_duration_statement = -1
	log_min_error_statement = panic
	log_parameter_max_length = 0
	log_parameter_max_length_on_error = 0
	log_error_verbosity = terse
	END
}

init() {
	make_data
	admin_password=$(password)
	owner_password=$(password)
	hub_password=$(password)
	socket=
	# -N leaves the files to one sync at the end instead of thousands.
	printf '%s\n' "$admin_password" |
	    as_server sh -c 'umask 077; pw=$(mktemp) && cat > "$pw" &&
		LC_ALL=C "$1" -D "$2" -N -k -E UTF8 --locale=C.UTF-8 \
		    -U freezeline_admin -A scram-sha-256 --pwfile="$pw" > /dev/null
		status=$?; rm -f "$pw"; exit $status' sh "$bin/initdb" "$data" ||
	    fail "initdb failed"
	write_settings | as_server sh -c 'cat >> "$1"' sh "$data/postgresql.conf"
	as_server sh -c 'echo "local all all scram-sha-256" > "$1"' sh \
	    "$data/pg_hba.conf"
	as_server sync -f "$data/PG_VERSION"
	write_env
}

admin_sql() {
	PGPASSWORD=$admin_password "$bin/psql" -X -q -v ON_ERROR_STOP=1 \
	    -h "$socket" -U freezeline_admin "$@"
}

# The roles get the passwords of pg.env, by standard input: an argument would
# show in the list of processes.
make_roles() {
	admin_sql -d postgres <<-END
	SET client_min_messages = warning;
	SET log_min_error_statement = panic;
	CREATE ROLE freezeline_owner LOGIN PASSWORD '$owner_password';
	CREATE ROLE freezeline_hub LOGIN PASSWORD '$hub_password';
	CREATE DATABASE freezeline OWNER freezeline_owner;
	REVOKE ALL ON DATABASE freezeline FROM PUBLIC;
	GRANT CONNECT ON DATABASE freezeline TO freezeline_hub;
	END
}

has_database() {
	[ "$(admin_sql -d postgres -At -c "SELECT count(*) FROM pg_database \
	    WHERE datname = 'freezeline'")" = 1 ]
}

start() {
	find_server
	# Two at once would both make it.
	exec 9> "$dir/pg.lock"
	flock 9
	[ -e "$data/PG_VERSION" ] && [ -f "$env" ] || {
		destroy_data
		init
	}
	. "$env"
	is_running && return
	[ -n "$socket" ] && [ -d "$socket" ] || { make_socket; write_env; }
	as_server "$bin/pg_ctl" start -s -w -t 60 -D "$data" \
	    -l "$data/server.log" -o "-k $socket" 9>&- > /dev/null || {
		as_server tail -n 20 "$data/server.log" >&2
		fail "the server did not start: $data/server.log"
	}
	has_database || make_roles
}

stop() {
	[ -e "$data/PG_VERSION" ] || return 0
	find_server
	! is_running || as_server "$bin/pg_ctl" stop -s -w -m fast -D "$data"
	[ -f "$env" ] || return 0
	. "$env"
	[ -z "$socket" ] || [ ! -d "$socket" ] || rmdir "$socket" 2> /dev/null || :
}

# Without a checkpoint, and up again on the same socket.
crash() {
	find_server
	as_server "$bin/pg_ctl" restart -s -w -t 60 -m immediate -D "$data" \
	    -l "$data/server.log" > /dev/null
}

# Only what start made: DIR/pg, and the directory that a link of ours names.
destroy_data() {
	place=$(readlink "$link" || :)
	case $place in
	/var/tmp/freezeline-pg.*) rm -rf -- "$place" ;;
	esac
	rm -rf -- "$link"
	rm -f -- "$env"
}

conninfo() {
	[ -f "$env" ] || fail "no server in $dir: private-server.sh start $dir"
	. "$env"
	case $1 in
	hub) secret=$hub_password ;;
	owner) secret=$owner_password ;;
	*) usage ;;
	esac
	echo "host=$socket dbname=freezeline user=freezeline_$1 password=$secret"
}

case $command in
start) start ;;
stop) stop ;;
crash) crash ;;
destroy) stop; destroy_data ;;
conninfo) conninfo "$3" ;;
esac
