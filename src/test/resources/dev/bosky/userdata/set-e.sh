#!/bin/bash
set -euo pipefail
echo "[shop] preparing /opt/shop"
mkdir -p /opt/shop
cp /usr/share/shop/defaults.conf /opt/shop/shop.conf
echo "[shop] ready"
