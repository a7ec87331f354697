/**
 * What cloud-init is doing, and how the boot went.
 *
 * <p>Start with {@link dev.bosky.boot.BootTracker}: lines, status documents and markers' failures
 * in, {@link dev.bosky.boot.BootSignal}s out. {@link dev.bosky.boot.LineCleaner} makes a program's
 * own words of a log's line. How a verdict comes about is a table in the class comment of {@code
 * VerdictPolicy}; which line is shown for it is decided in {@code Shown}; whether a script has
 * handled a failure in {@code Handled}.
 *
 * <p>Why so: cloud-init's own account ({@code result.json}) misses most of what goes wrong in
 * {@code runcmd} and in user data that it drops, and the log alone does not tell when a boot has
 * ended. Only both together give one right verdict.
 *
 * <p>Nothing here knows files, threads or the clock: all comes in by the arguments, so that the
 * agent on the machine and the replay of a saved log run the same code.
 */
package dev.bosky.boot;
