#!/bin/bash
set -ex
message="will print error: something failed if it fails"
test -d /srv || echo "fatal: no /srv"
grep -q error /etc/hostname || true
echo "[shop] started"
