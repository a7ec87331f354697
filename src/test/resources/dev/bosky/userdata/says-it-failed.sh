#!/bin/bash
start_worker() { return 1; }
echo "[worker] starting"
if ! start_worker; then
  echo "ERROR: worker did not start, giving up"
  exit 0
fi
echo "[worker] started"
