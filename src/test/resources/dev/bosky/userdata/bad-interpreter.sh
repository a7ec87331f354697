#!/usr/bin/python2.6
print "[shop] starting"
