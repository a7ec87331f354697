#!/bin/sh
# Your script as it was.
echo hello
