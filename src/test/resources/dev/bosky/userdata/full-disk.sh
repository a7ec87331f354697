#!/bin/bash
set -e
mkdir -p /srv/data
mount -t tmpfs -o size=1m data /srv/data
echo "[search] building the index"
dd if=/dev/zero of=/srv/data/index.bin bs=64k count=64
echo "[search] built"
