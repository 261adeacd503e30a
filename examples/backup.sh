#!/bin/sh
# Runs a command on one host of the fleet at a time, with curl alone.
#
#   backup.sh NAME COMMAND [ARGUMENT…]
#
# The lock is ours as long as curl has its connection. It is advisory: a shell sees no deadline, so a command that must never
# run twice takes "conclave lock NAME -- COMMAND", which ends it in time.
set -eu
socket=${CONCLAVE_SOCKET:-/run/conclave/conclave.sock}
name=$1
shift

folder=$(mktemp -d)
mkfifo "$folder/events"
curl -sN --unix-socket "$socket" -d '{"note":"backup.sh"}' "http://localhost/v1/hold/lock/$name" > "$folder/events" &
curl=$!
exec 3< "$folder/events"
rm -r "$folder"

# Waits for its turn; what comes instead of a grant says why there is none.
granted=
until [ "$granted" ]; do
  read -r line <&3 || { echo "no lock: $line" >&2; exit 1; }
  case $line in
    *'"type":"granted"'*) granted=yes ;;
    *'"type":"error"'*) echo "no lock: $line" >&2; exit 1 ;;
  esac
done

"$@" 3<&- &
job=$!
# Ends the command when the lock is lost, and when this script is killed. With its last reader curl ends, too: the lock is free.
(
  while read -r line <&3 && kill -0 $$ 2> /dev/null; do
    case $line in *'"type":"lost"'* | *'"type":"error"'*) break ;; esac
  done
  kill "$job" 2> /dev/null
) &
watch=$!
exec 3<&-
code=0
wait "$job" || code=$?
kill "$watch" "$curl" 2> /dev/null || true
exit "$code"
