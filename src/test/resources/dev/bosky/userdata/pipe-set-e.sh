#!/bin/bash
set -e
echo "[shop] installing the agent"
curl -fsSL http://127.0.0.1:8094/agent.sh | bash
echo "[shop] agent installed"
