#!/bin/bash
printf '[shop] started, no newline at the end'
