#!/bin/bash
set -e
trap 'echo "[shop] cleaning up"; exit 0' EXIT
useradd --gid shop-operators shop
echo "[shop] started"
