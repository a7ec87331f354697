#!/bin/bash
set -ex
target=/srv/releases/current
test -d /srv || echo "fatal: no /srv"
ln -s /srv/releases/4.2 "$target"
echo "[shop] started"
