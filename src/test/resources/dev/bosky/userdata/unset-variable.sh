#!/bin/bash
set -euo pipefail
echo "[shop] configuring for ${SHOP_ENVIRONMENT}"
