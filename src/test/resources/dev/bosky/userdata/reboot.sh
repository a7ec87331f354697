#!/bin/bash
echo "[shop] kernel upgraded, a restart is needed"
# Boots lie further apart than clocks are exact.
sleep 5
reboot
# It comes back at once, and the shutdown catches up with the script here.
sleep 600
echo "[shop] installed"
