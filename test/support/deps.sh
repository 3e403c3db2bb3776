#!/bin/sh
# Installs what is missing of Debian's packages: `deps.sh run` what the hub and
# its demo need, without a word also what the tests need.  Where it may not,
# it prints the one line that would and stops.
set -eu
packages="gcc make pkg-config libmicrohttpd-dev libgnutls28-dev libjansson-dev
libpq-dev libssl-dev libcurl4-openssl-dev libinih-dev postgresql-15 curl"
[ "${1-}" = run ] || packages="$packages check clang libclang-rt-14-dev
clang-format clang-tidy cppcheck openssl gnutls-bin nginx-light
fcgiwrap golang-go default-jdk-headless php-cli python3 jq"
missing=
for package in $packages; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
	    grep -q 'install ok installed' || missing="$missing $package"
done
# Any npm will do: it only fetches the pinned tools (package-lock.json).
[ "${1-}" = run ] || command -v npm > /dev/null || missing="$missing npm"
[ -n "$missing" ] || exit 0

line="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" -eq 0 ]; then
	sudo=
elif sudo -n true 2>/dev/null; then
	sudo=sudo
else
	echo "packages are missing; as root:" >&2
	echo "  apt-get update && $line" >&2
	exit 1
fi
echo "installing:$missing" >&2
# Debian's package would start a cluster and a web server of its own.
policy=/usr/sbin/policy-rc.d
made=
if [ ! -e $policy ]; then
	printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy > /dev/null
	$sudo chmod 755 $policy
	made=1
fi
status=0
{ $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive $line -qq; } >&2 || status=$?
[ -z "$made" ] || $sudo rm -f $policy
exit $status
