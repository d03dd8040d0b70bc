#!/usr/bin/env bash
# tools/foreground without a terminal, and on a terminal of its own that script(1) makes.
# shellcheck disable=SC2016  # the shell that is started expands its own variables
set -euo pipefail

tool=$(realpath "$(dirname "$0")/../../tools/foreground")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# A program that Ctrl-C and SIGTERM stop: it says with which, and exits with $1.
cat >program <<'PROGRAM'
#!/bin/bash
trap '' HUP  # the terminal goes when its first process does, and must not be what ends this one
trap 'echo INT >stopped; exit "$1"' INT
trap 'echo TERM >stopped; exit "$1"' TERM
echo "$PPID" >parent
echo $$ >ready
for _ in {1..300}; do sleep 0.1 & wait $!; done
PROGRAM
chmod +x program
printf 'run:\n\t@%s ./program 0\n' "$tool" >Makefile

begin() {
  case_name=$1
  rm -f ready parent stopped said
}

fail() {
  printf '%s: %s\n' "$case_name" "$1" >&2
  [[ ! -s said ]] || cat said >&2
  exit 1
}

# Until a file has been written, 20 s at most.
wait_for() {
  for _ in {1..1000}; do
    [[ ! -s $1 ]] || return 0
    sleep 0.02
  done
  fail "there is no $1"
}

# Runs $1 on a terminal on which Ctrl-C is pressed once the program is ready.
press_ctrl_c_in() {
  { wait_for ready && printf '\003' && wait_for stopped; } | script --quiet --return --command "$1" /dev/null >said 2>&1
}

begin "without a terminal it is the program"
code=0
setsid --wait bash -c 'echo $$ >shell; exec "$0" ./program 7' "$tool" >said 2>&1 &
wait_for ready
[[ $(<ready) == "$(<shell)" ]] || fail "the program is not the process that was started"
kill -TERM "$(<ready)"
wait $! || code=$?
[[ $code == 7 ]] || fail "exit code $code, not 7"

begin "Ctrl-C ends the program, and make reports how it ended"
press_ctrl_c_in "make" || fail "make calls a clean stop an error: $?"
[[ $(<stopped) == INT ]] || fail "the program was told $(<stopped)"

begin "the program's exit code is passed on"
code=0
press_ctrl_c_in "'$tool' ./program 9" || code=$?
[[ $code == 9 ]] || fail "exit code $code, not 9"

begin "the program is told to stop when its shell is killed"
{ wait_for ready && kill -KILL "$(<parent)" && wait_for stopped; } |
  script --quiet --command make /dev/null >said 2>&1
[[ $(<stopped) == TERM ]] || fail "the program was told $(<stopped)"
