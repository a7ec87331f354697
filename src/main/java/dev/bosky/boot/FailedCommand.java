package dev.bosky.boot;

import java.util.OptionalInt;

/**
 * What cloud-init.log tells of a script that failed.
 *
 * @param script its name
 * @param reason why it could not be run; empty if it was
 */
record FailedCommand(String script, OptionalInt exitCode, String reason) {}
