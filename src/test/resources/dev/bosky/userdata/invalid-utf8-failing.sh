#!/bin/bash
set -e
printf 'caf\xe9 is opening \xff\xfe\n'
cp '/srv/menu' /srv/carte
