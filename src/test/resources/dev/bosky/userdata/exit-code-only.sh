#!/bin/bash
echo "[shop] checking"
[ -s /etc/shop/licence ] || exit 7
echo "[shop] fine"
