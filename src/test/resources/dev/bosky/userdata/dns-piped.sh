#!/bin/bash
echo "[shop] installing the agent"
curl -fsSL https://install.shop.invalid/agent.sh | bash
echo "[shop] agent installed"
