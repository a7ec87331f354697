/**
 * Settings: the configuration file, durations and sizes as people write them, and where the
 * distribution lies.
 *
 * <p>Start at {@link dev.bosky.config.ConfigLoader}. Which keys exist is not known here: the
 * command line hands in one {@link dev.bosky.config.ConfigKey} for each of its options, so an
 * option cannot be forgotten in the file. Everything that is wrong with a file is told at once,
 * with line and column, because the person who reads it may have to build an image to try again.
 */
package dev.bosky.config;
