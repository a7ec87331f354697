#!/bin/sh
# Runs one boot of a throw-away machine in namespaces of its own, and cleans up behind it.
#
#   sh real-machine.sh MODE FOLDER DISTRIBUTION PLACE     (see real-boot.sh)
#
# Standard input is the life line: its lines are passed on to the machine's gate; at its end, also because whoever started this was killed, the machine's first process is
# killed, and with it every process and mount of the machine. Standard output is what real-boot.sh says.
set -eu
mode=$1
folder=$2
distribution=$3
place=$4
mkfifo "$folder/gate" 2>/dev/null || [ -p "$folder/gate" ]
read -r uptime _ </proc/uptime
set -- unshare --mount --pid --uts --ipc --net --cgroup --time --boottime "-${uptime%%.*}" --fork --kill-child \
  sh "$folder/real-boot.sh" "$mode" "$folder" "$distribution" "$place"

# systemd wants a control group of its own.
cgroup=
if [ "$mode" = systemd ]; then
  while read -r _ mount type _; do
    if [ "$type" = cgroup2 ]; then cgroup=$mount/${folder##*/}; fi
  done </proc/mounts
  mkdir "${cgroup:?no cgroup2 is mounted here}"
fi
sh -c 'if [ -n "$0" ]; then echo $$ >"$0/cgroup.procs"; fi; exec "$@"' "$cgroup" "$@" </dev/null &
exec >/dev/null 2>&1

while read -r line; do
  # Opened for both, because the open for writing alone would wait for a reader.
  echo "$line" 1<>"$folder/gate"
done
kill -KILL $! || :
wait || :
if [ -n "$cgroup" ]; then
  # The killed processes leave their groups a moment later.
  tries=100
  while [ -d "$cgroup" ] && [ "$tries" -gt 0 ]; do
    find "$cgroup" -depth -type d -exec rmdir {} \; || :
    sleep 0.05
    tries=$((tries - 1))
  done
fi
