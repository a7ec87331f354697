#!/bin/bash
set -e
mkdir -p /srv/www
python3 -m http.server --bind 127.0.0.1 --directory /srv/www 8098 >/dev/null 2>&1 &
server=$!
curl -s --retry 30 --retry-connrefused --retry-delay 1 -o /dev/null http://127.0.0.1:8098/
echo "[shop] fetching the release"
curl -fSs -O http://127.0.0.1:8098/shop-4.2.tgz
kill $server
