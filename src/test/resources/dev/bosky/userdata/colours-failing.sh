#!/bin/bash
printf '\033[32m✔\033[0m preparing\n'
printf '\033[1;31mError:\033[0m\033[1m shop-4.2 needs 8 GB of memory\033[0m\n'
exit 1
