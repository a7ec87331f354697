#!/bin/bash
echo "[shop] writing the firmware"
# Boots lie further apart than clocks are exact.
sleep 5
systemctl reboot --force --force
sleep 600
