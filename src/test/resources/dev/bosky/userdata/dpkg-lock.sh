#!/bin/bash
# Another process holds dpkg's lock, as unattended-upgrades does on a fresh machine.
python3 - <<'PYTHON' &
import fcntl, os, sys, time
lock = open("/var/lib/dpkg/lock-frontend", "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
open("/run/lock-is-held", "w").close()
os.close(1)
os.close(2)
time.sleep(60)
PYTHON
holder=$!
until [ -e /run/lock-is-held ]; do :; done
set -e
apt-get install -y -q ledger-client-tools
kill $holder
