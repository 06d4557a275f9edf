#!/usr/bin/env bash
# usage: install-promtool.sh DIRECTORY
# Puts promtool (of the package prometheus, in the release that this Debian or Ubuntu is) into DIRECTORY.
# Needs apt-get and dpkg-deb. Needs no root; touches nothing outside DIRECTORY.
# Exit 77 and one line beginning with SKIP where that is not to be had.
set -euo pipefail
directory=${1:?usage: install-promtool.sh DIRECTORY}

skip() {
  echo "SKIP alert rules: $*"
  exit 77
}

[ -x "$directory/promtool" ] && exit 0
command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null || skip "promtool is not on the PATH, and this is not a Debian"

# The machine's own sources, but lists and archives of our own, so that nothing is changed on the machine.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists/partial,archives/partial}
options=(-qq -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work" -o Dir::Cache::archives="$work/archives"
  -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 -o Debug::NoLocking=1)
apt-get "${options[@]}" update > "$work/log" 2>&1 || skip "promtool is not on the PATH, and the Debian mirror does not answer"
(cd "$work" && apt-get "${options[@]}" download prometheus) > "$work/log" 2>&1 || skip "promtool is not on the PATH, and apt knows no package prometheus"
dpkg-deb -x "$work"/prometheus_*.deb "$work/tree"
mkdir -p "$directory"
mv "$work/tree/usr/bin/promtool" "$directory/promtool"
