#!/bin/sh
# Bakes Bosky into a machine image: run as root on the machine that the image is made from, such as by Packer's shell provisioner.
#
#   sh bake.sh UNPACKED-FOLDER PROJECT
#
# The agent then starts at every boot, before cloud-init has run anything, and no user data needs an entry. What would be wrong in an
# image is not left behind: no state, no waiting event, no instance id. Do it last; it is safe to do it twice.
set -eu
unpacked=$1
project=$2
"$unpacked/bin/bosky" install --image --project "$project"
install -D -m 0644 "$unpacked/cloud-config/image/95_bosky.cfg" /etc/cloud/cloud.cfg.d/95_bosky.cfg
# The old log and the old result of this very machine: the agent would not take them for a new boot's, but people would.
cloud-init clean --logs
