/**
 * The command line: each command parses, calls and prints; what it calls lies in the other
 * packages.
 *
 * <p>Start at {@link dev.bosky.cli.Program}: every command is registered there, and there it is
 * decided where an option's value comes from (option, environment, file, default) and how an error
 * is told. Commands get the machine they run on ({@link dev.bosky.cli.Machine}) and the options
 * common to all ({@code GlobalOptions}) as constructor arguments, and print to picocli's own
 * writers, so a test runs a whole command in its own process.
 */
package dev.bosky.cli;
