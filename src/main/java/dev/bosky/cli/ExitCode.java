package dev.bosky.cli;

/** The exit codes: they tell whether Bosky worked, not how the boot went. */
final class ExitCode {
  static final int DONE = 0;

  /** It was tried and failed: refused by the service, a file that cannot be read. */
  static final int FAILED = 1;

  /** The command line was wrong. */
  static final int USAGE = 2;

  /** The configuration or a pattern file was wrong. */
  static final int CONFIGURATION = 3;

  /** The event could not be delivered now; it is kept for the next agent or call. */
  static final int KEPT = 4;

  private ExitCode() {}
}
