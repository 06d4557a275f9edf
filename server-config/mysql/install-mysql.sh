#!/usr/bin/env bash
# usage: install-mysql.sh DIRECTORY
# Puts a genuine MySQL server (mysql-server-core of Debian's unstable suite) below DIRECTORY, with the libraries it needs.
# Needs apt-get, dpkg-deb and Debian's archive keyring, on amd64 or arm64. Needs no root; touches nothing outside DIRECTORY.
# Exit 77 and one line beginning with SKIP where that is not to be had.
set -euo pipefail
directory=${1:?usage: install-mysql.sh DIRECTORY}
suite=${MYSQL_DEB_SUITE:-sid}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

skip() {
  echo "SKIP real MySQL: $*"
  exit 77
}

[ -x "$directory/bin/mysqld" ] && exit 0
command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null || skip "no apt-get or dpkg-deb; this is not a Debian"
[ -r "$keyring" ] || skip "$keyring is missing (package debian-archive-keyring)"
case $(dpkg --print-architecture) in
  amd64) loader=ld-linux-x86-64.so.2 ;;
  arm64) loader=ld-linux-aarch64.so.1 ;;
  *) skip "no MySQL packages for $(dpkg --print-architecture)" ;;
esac
# The mirror that this machine uses already.
mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(SITE) $(REPO_URI)' 'Created-By: Packages' 2> /dev/null \
  | awk '$2 ~ /\/debian\/?$/ {print $2; exit}')}
[ -n "$mirror" ] || skip "apt knows no Debian mirror (set DEBIAN_MIRROR)"

# A private apt: its own sources, its own state, so that nothing is installed on the machine.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists/partial,archives/partial,empty}
# Perl is only for helper scripts that are not used: let apt believe that it is there.
printf 'Package: perl\nStatus: install ok installed\nArchitecture: %s\nMulti-Arch: allowed\nVersion: 9:9\nMaintainer: nobody <nobody@localhost>\nDescription: stands in\n\n' \
  "$(dpkg --print-architecture)" > "$work/status"
echo "deb [signed-by=$keyring] $mirror $suite main" > "$work/sources.list"
options=(-qq
  -o Dir::State="$work" -o Dir::State::Lists="$work/lists" -o Dir::State::status="$work/status"
  -o Dir::Cache="$work" -o Dir::Cache::archives="$work/archives"
  -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts="$work/empty"
  -o Dir::Etc::preferences="$work/none" -o Dir::Etc::preferencesparts="$work/empty"
  -o APT::Install-Recommends=0 -o APT::Sandbox::User="$(id -un)" -o APT::Update::Post-Invoke-Success::=true
  -o Acquire::Languages=none -o Acquire::Retries=3 -o Debug::NoLocking=1)
apt-get "${options[@]}" update || skip "the Debian mirror does not answer"
apt-get "${options[@]}" -y --download-only install mysql-server-core || skip "mysql-server-core is not in $suite"

part=$directory.part
rm -rf "$part"
mkdir -p "$part/bin"
for package in "$work"/archives/*.deb; do
  dpkg-deb -x "$package" "$part"
done
libraries=$(dirname "$(find "$part/usr/lib" -name libc.so.6 | head -n 1)")
[ -e "$libraries/$loader" ] || skip "the C library came without $loader"
triplet=${libraries##*/}
# The server runs on the C library that it was built for, which may be newer than the machine's.
cat > "$part/bin/mysqld" << EOF
#!/bin/sh
root=\$(cd "\$(dirname "\$0")/.." && pwd)
libraries=\$root/usr/lib/$triplet
unset LD_PRELOAD LD_LIBRARY_PATH
exec "\$libraries/$loader" --library-path "\$libraries:\$root/usr/lib/mysql/private" --argv0 "\$root/usr/sbin/mysqld" \\
  "\$root/usr/sbin/mysqld" --no-defaults --basedir="\$root/usr" --plugin-dir="\$root/usr/lib/mysql/plugin" \\
  --lc-messages-dir="\$root/usr/share/mysql" --character-sets-dir="\$root/usr/share/mysql/charsets" "\$@"
EOF
chmod +x "$part/bin/mysqld"
rm -rf "$directory"
mv "$part" "$directory"
