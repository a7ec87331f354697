package dev.bosky.boot;

import java.util.OptionalInt;

/**
 * What cloud-init.log tells of a script that failed.
 *
 * @param script its name
 * @param why a sentence: why it could not be run, or what it said; empty if that is not told here
 * @param line the line to show for it
 */
record FailedCommand(String script, OptionalInt exitCode, String why, CleanLine line) {}
