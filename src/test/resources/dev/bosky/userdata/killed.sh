#!/bin/bash
set -e
echo "[search] importing"
python3 -c 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)'
echo "[search] imported"
