#!/bin/sh
# The first process of a throw-away machine: mounts a root of its own and boots cloud-init in it.
#
#   sh real-boot.sh MODE FOLDER DISTRIBUTION PLACE     (in new namespaces, see real-machine.sh)
#
# MODE   stages: cloud-init's four stages one after the other; systemd: the machine's own systemd, with cloud-init's own units;
#        try: neither, to find out whether machines can be made here.
# BOSKY_MACHINE_ROOT is the root that it boots from, by default the real one.
# FOLDER/disk is what the machine writes (the upper layer over that root): plain files to whoever looks from outside.
# Standard output tells how it goes: "ready" when it is up, then, once there was a line in FOLDER/gate, "exit STAGE STATUS" for each
# stage, and "over".
set -eu
mode=$1
folder=$2
distribution=$3
place=$4
disk=$folder/disk
root=$folder/root

mkdir -p "$disk" "$folder/work" "$root"
rm -rf "$disk/run"
mount -t overlay overlay -o "lowerdir=${BOSKY_MACHINE_ROOT:-/},upperdir=$disk,workdir=$folder/work" "$root"

# The root of the machine we run on may have its own cloud-init's traces: not on this disk.
if [ ! -e "$disk/var/lib/cloud" ]; then
  rm -rf "$root/var/lib/cloud" "$root"/var/log/cloud-init* "$root/etc/cloud/cloud-init.disabled"
  # Of its services only cloud-init's start, and none of its disks is mounted.
  find "$root/etc/systemd/system" -path '*.wants/*' ! -name 'cloud-*' -delete
  : >"$root/etc/fstab"
  mkdir -p "$root/var/lib/cloud/seed"
  cp "$folder/harmless.cfg" "$root/etc/cloud/cloud.cfg.d/95_harmless.cfg"
fi
rm -rf "$root/var/lib/cloud/seed/nocloud"
cp -r "$folder/seed" "$root/var/lib/cloud/seed/nocloud"

# /run is new at every boot, but in a plain folder, where it can be looked at from outside.
mkdir -p "$disk/run" "$root/run"
mount --bind "$disk/run" "$root/run"
mkdir -p "$root/run/cloud-init" "$root/run/lock"
touch "$root/run/cloud-init/enabled"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"

# No disk, no clock, no console of the real machine; and nodes of its own, because a chmod of a bound one (systemd's of its
# console: 0620) is one of the real machine's /dev/null.
mount -t tmpfs -o mode=755 dev "$root/dev"
for node in null:3 zero:5 full:7 random:8 urandom:9 console:3; do
  mknod -m 666 "$root/dev/${node%:*}" c 1 "${node#*:}"
done
mknod -m 666 "$root/dev/tty" c 5 0
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"

# Kernel settings are shared by all namespaces: readable, not writable.
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount --bind "$folder/boot_id" "$root/proc/sys/kernel/random/boot_id"
mount -o remount,bind,ro "$root/proc/sys"
if [ -e "$root/proc/sysrq-trigger" ]; then mount --bind /dev/null "$root/proc/sysrq-trigger"; fi
mount -t sysfs -o ro sysfs "$root/sys"
ip link set lo up

mkdir -p "$root$place"
if [ -d "$distribution" ]; then
  mount --bind "$distribution" "$root$place"
  mount -o remount,bind,ro "$root$place"
fi

if [ "$mode" = systemd ]; then mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"; fi

exec 3>>"$folder/console.log" 4<>"$folder/gate"
cd "$root"
pivot_root . .
umount -l .
cd /
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
dropped=-sys_module,-sys_time,-sys_rawio,-mknod
echo ready
read -r _ <&4
exec 4<&-

# What systemd gives to cloud-init: no HOME, no USER, nothing on standard input.
stage() {
  label=$1
  shift
  status=0
  env -i PATH=$PATH LANG=C.UTF-8 setpriv --bounding-set=$dropped,-sys_boot \
    cloud-init "$@" </dev/null >&3 2>&3 3>&- || status=$?
  echo "exit $label $status"
}

unit_status() {
  echo "exit $1 $(systemctl show --value --property=ExecMainStatus "$2")"
}

case $mode in
  try)
    exec sleep infinity
    ;;
  stages)
    stage init-local init --local
    stage init init
    stage modules-config modules --mode=config
    stage modules-final modules --mode=final
    echo over
    exec sleep infinity
    ;;
  systemd)
    {
      while [ ! -S /run/systemd/private ]; do sleep 0.1; done
      systemctl is-system-running --wait >&3 2>&3 || :
      unit_status init-local cloud-init-local
      unit_status init cloud-init
      unit_status modules-config cloud-config
      unit_status modules-final cloud-final
      echo over
    } &
    exec env -i container=bosky PATH=$PATH setpriv --bounding-set=$dropped \
      /lib/systemd/systemd --system systemd.unit=multi-user.target >&3 2>&3 3>&-
    ;;
esac
