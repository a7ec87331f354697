#!/bin/bash
if [ -d /opt/shop ]; then
  echo "[shop] already there"
else
  echo "[shop] making it"
  mkdir /opt/shop
