package dev.bosky;

/** Where the program starts: builds the command line, runs it, and ends with its exit code. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new picocli.CommandLine(new dev.bosky.cli.RootCommand()).execute(args));
  }
}
