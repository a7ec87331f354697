#!/bin/bash
set -e
export DEBIAN_FRONTEND=noninteractive
echo "[ledger] installing"
apt-get install -y -q ledger-client-tools
echo "[ledger] installed"
