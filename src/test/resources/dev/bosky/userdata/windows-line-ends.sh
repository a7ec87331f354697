#!/bin/bash
set -e
echo "[shop] starting"
