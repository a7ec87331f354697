#!/bin/bash
set -e
head -c 300000 /dev/zero | tr '\0' 'x'
echo
echo "[shop] started"
