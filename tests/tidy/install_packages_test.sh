#!/usr/bin/env bash
# tools/install-packages against a short list and fakes of dpkg-query, apt-get, sudo and id.
# shellcheck disable=SC2016  # the fakes expand their own variables
set -euo pipefail

tool=$(realpath "$(dirname "$0")/../../tools/install-packages")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fake() {
  printf '#!/bin/bash\n%s\n' "$2" >"$folder/bin/$1"
  chmod +x "$folder/bin/$1"
}

# A machine of its own for each case: root, with libone-dev installed, and apt that works.
begin() {
  case_name=$1
  rm -rf "${folder:?}"/*
  mkdir "$folder/bin"
  for program in awk bash cat dirname env ln mkdir tee true; do ln -s "$(type -P "$program")" "$folder/bin/"; done
  printf '[build]\nlibone-dev # comment\n\n[run]\nnats-server\n[test]\ntwo | libone-dev\n[lint]\nnpm\n' >"$folder/list"
  fake dpkg-query 'echo "ii  libone-dev "; [[ $* != *Provides* ]] || echo "ii  nodejs nodejs-dev, npm"; echo "rc  nats-server "'
  fake apt-get 'echo "apt-get $*" >>"$CALLS"'
  fake id 'echo 0'
  : >"$folder/calls"
}

run() {
  code=0
  said=$(PATH="$folder/bin" CALLS="$folder/calls" EDIRAE_PACKAGE_LIST="$folder/list" EDIRAE_SYSTEMD_UNITS="$folder/units" \
    EDIRAE_POSTGRES_SETTINGS="$folder/postgres" \
    bash "$tool" "$@" </dev/null 2>&1) || code=$?
}

expect() {
  [[ $2 == *"$3"* ]] && return
  printf '%s: expected %s with "%s", got:\n%s\n' "$case_name" "$1" "$3" "$2" >&2
  exit 1
}

expect_exit() { expect "exit code" "<$code>" "<$1>"; }

begin "nothing is done when all is there"
run build
expect_exit 0
expect output "<$said>" "<>"
expect calls "<$(cat "$folder/calls")>" "<>"

begin "what another package provides is there"
run lint
expect_exit 0
expect calls "<$(cat "$folder/calls")>" "<>"

begin "of alternatives any will do, and the first is installed"
run test
expect_exit 0
expect calls "<$(cat "$folder/calls")>" "<>"
fake dpkg-query ''
run test
expect_exit 0
expect calls "$(cat "$folder/calls")" "--no-install-recommends two"

begin "what is missing is installed, and only that; its service stays off"
run
expect_exit 0
expect calls "$(cat "$folder/calls")" "install --yes --no-install-recommends nats-server"
expect "link to" "$(readlink "$folder/units/nats-server.service")" "/dev/null"

begin "PostgreSQL is installed without a cluster of the machine's, unless somebody has said what it should have"
printf '[build]\npostgresql\n' >"$folder/list"
run build
expect_exit 0
expect setting "<$(cat "$folder/postgres/createcluster.conf")>" "<create_main_cluster = false>"
echo "somebody's" >"$folder/postgres/createcluster.conf"
run build
expect setting "<$(cat "$folder/postgres/createcluster.conf")>" "<somebody's>"

begin "with sudo when not root"
fake id 'echo 1000'
fake sudo 'echo "sudo $*" >>"$CALLS"; shift; exec "$@"'
run
expect_exit 0
expect calls "$(cat "$folder/calls")" "sudo --non-interactive env DEBIAN_FRONTEND=noninteractive"

begin "without root or sudo it says what to run"
fake id 'echo 1000'
run
expect_exit 1
expect output "$said" "apt-get install --no-install-recommends nats-server"
expect calls "<$(cat "$folder/calls")>" "<>"

begin "sudo that refuses is told apart"
fake id 'echo 1000'
fake sudo 'exit 1'
run
expect_exit 1
expect output "$said" "sudo refused"
expect output "$said" "apt-get install --no-install-recommends nats-server"

begin "an apt that fails is told, with what to run"
fake apt-get '[[ $* != *install* ]]'
run
expect_exit 1
expect output "$said" "apt-get failed"
expect output "$said" "apt-get install --no-install-recommends nats-server"

begin "a machine that is not Debian's is told what is needed"
rm "$folder/bin/apt-get"
run
expect_exit 1
expect output "$said" "libone-dev"

begin "an unknown section is refused"
run nosuch
expect_exit 1
expect output "$said" "nosuch"
