#!/bin/bash
echo "[worker] checking the licence"
echo "::bosky fail::the licence of worker has expired"
echo "[worker] nothing to do"
