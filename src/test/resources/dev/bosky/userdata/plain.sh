#!/bin/bash
set -e
echo "[shop] service is up"
