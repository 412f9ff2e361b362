#!/bin/sh
# Installs what some tests and the load scripts use and a development machine may lack: Chromium, wrk and bubblewrap, from Debian.
# Does nothing where they are there already. Without them the tests that need them are skipped and say so.
set -eu

wanted=
command -v chromium >/dev/null || wanted="$wanted chromium"
command -v wrk >/dev/null || wanted="$wanted wrk"
command -v bwrap >/dev/null || wanted="$wanted bubblewrap"
[ -n "$wanted" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Please install:$wanted" >&2
    exit 1
fi

as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
echo "Installing$wanted"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # one word per package
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $wanted >/dev/null
