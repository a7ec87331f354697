#!/bin/bash
echo "[search] building the index"
ulimit -v 400000
python3 - <<'PYTHON'
index = bytearray(1 << 30)
PYTHON
echo "[search] built"
