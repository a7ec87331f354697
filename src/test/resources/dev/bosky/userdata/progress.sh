#!/bin/bash
set -e
for percent in 10 40 70 100; do
  printf '\rDownloading shop-4.2.tgz  %3d%% [%-10s]' "$percent" "$(printf '#%.0s' $(seq $((percent / 10))))"
done
printf '\n'
printf '\rfailed to resolve, retrying\rresolved                   \n'
head -c 200000 /dev/zero >/srv/file
curl -o /srv/copy file:///srv/file
dd if=/srv/file of=/srv/copy bs=10k
