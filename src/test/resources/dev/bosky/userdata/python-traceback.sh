#!/usr/bin/python3
import json

print("[shop] reading the settings", flush=True)
settings = json.loads('{"region": "eu-west-1"}')
print(settings["environment"])
