#!/bin/sh
# Runs a command in a bare root, in namespaces of its own for mounts and processes; ends as the command does.
#
#   sh bare-root.sh BASE FOLDER KIND COMMAND…
#
# BASE is the root as debootstrap made it, and stays as it is: what is written goes to FOLDER/disk, the upper layer over it.
# KIND   open: nothing is restricted; beside: neither, and the command runs outside of the root, which it finds at $ROOT; tight: /usr is read-only, /tmp is noexec, and 512 MB of memory is all there is.
# The network is the caller's, so that a bus on its loopback can be reached. The environment is the caller's too.
set -eu
PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
base=$1
folder=$2
kind=$3
shift 3
root=$folder/root

mount_root() {
  mkdir -p "$folder/disk" "$folder/work" "$root"
  mount -t overlay overlay -o "lowerdir=$base,upperdir=$folder/disk,workdir=$folder/work" "$root"
  mount -t proc proc "$root/proc"
  mount -t tmpfs -o mode=755 dev "$root/dev"
  for node in null zero full random urandom tty; do
    touch "$root/dev/$node"
    mount --bind "/dev/$node" "$root/dev/$node"
  done
  ln -s /proc/self/fd "$root/dev/fd"
  if [ "$kind" = tight ]; then
    mount --bind "$root/usr" "$root/usr"
    mount -o remount,bind,ro "$root/usr"
    mount -t tmpfs -o noexec,mode=1777 tmp "$root/tmp"
  fi
}

# Sets $group to a new control group with that limit, of the first or the second version.
limited_group() {
  name=bosky-bare-root-$$
  while read -r _ mount type options _; do
    case "$type $options," in
      "cgroup "*,memory,*)
        group=$mount/$name
        mkdir "$group"
        echo 512M >"$group/memory.limit_in_bytes"
        if [ -e "$group/memory.memsw.limit_in_bytes" ]; then echo 512M >"$group/memory.memsw.limit_in_bytes"; fi
        return
        ;;
      "cgroup2 "*)
        if grep -qs memory "$mount/cgroup.subtree_control"; then
          group=$mount/$name
          mkdir "$group"
          echo 512M >"$group/memory.max"
          if [ -e "$group/memory.swap.max" ]; then echo 0 >"$group/memory.swap.max"; fi
          return
        fi
        ;;
    esac
  done </proc/mounts
  echo "no control group for memory is mounted here" >&2
  exit 125
}

case $kind in
  inside-*)
    kind=${kind#inside-}
    mount_root
    if [ "$kind" = beside ]; then
      export ROOT="$root" PATH
      exec "$@"
    fi
    exec chroot "$root" "$@"
    ;;
esac

group=
if [ "$kind" = tight ]; then limited_group; fi
status=0
# The limit is for the command and all that it starts, not for this shell.
sh -c 'if [ -n "$0" ]; then echo $$ >"$0/cgroup.procs"; fi; exec "$@"' "$group" \
  unshare --mount --pid --fork --kill-child sh "$0" "$base" "$folder" "inside-$kind" "$@" || status=$?
if [ -n "$group" ]; then rmdir "$group"; fi
exit "$status"
