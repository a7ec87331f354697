#!/bin/bash
set -euo pipefail
echo "[shop] starting the proxy beside it"
/usr/local/bin/shop-proxy --port 8093 &
sleep 1
echo "[shop] started"
