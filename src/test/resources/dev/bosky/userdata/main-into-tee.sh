#!/bin/bash
set -eu
main() {
  echo "[shop] starting"
  cp /srv/release/shop.conf /etc/shop.conf
  echo "[shop] started"
}
main "$@" 2>&1 | tee -a /var/log/shop-setup.log
