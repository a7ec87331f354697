#!/bin/bash
printf '\033[1;31mred is the colour of the team\033[0m\n'
printf '\033[32m✔\033[0m 14 checks passed\033[K\n'
printf '\033[33mWARN\033[0m  using the default region\n'
