#!/bin/bash
echo "[shop] waiting for the database"
until bash -c ': </dev/tcp/127.0.0.1/5432' 2>/dev/null; do sleep 1; done
echo "[shop] database is there"
