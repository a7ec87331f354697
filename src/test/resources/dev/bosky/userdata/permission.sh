#!/bin/bash
cat > /usr/local/bin/start-shop <<'SCRIPT'
#!/bin/sh
echo started
SCRIPT
set -e
echo "[shop] starting"
/usr/local/bin/start-shop
