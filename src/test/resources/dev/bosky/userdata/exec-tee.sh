#!/bin/bash
exec > >(tee /var/log/user-data.log) 2>&1
set -e
echo "[shop] starting"
chown shop:shop /srv
echo "[shop] started"
