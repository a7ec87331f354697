#!/bin/bash
exec >/var/log/shop-install.log 2>&1
echo "[shop] starting"
useradd --gid shop-operators shop
echo "[shop] started"
