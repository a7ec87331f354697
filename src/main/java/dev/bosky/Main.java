package dev.bosky;

import dev.bosky.cli.Machine;
import dev.bosky.cli.ProcessStrings;
import dev.bosky.cli.Program;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program starts: runs the command line and ends with its exit code. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command line; says its exit code. */
  static int run(String... args) {
    return Program.run(
        Machine.ofThisProcess(),
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        new ProcessStrings(ProcessStrings.SELF).arguments(args));
  }

  /** UTF-8 whatever the locale: cloud-init runs scripts with none at all. */
  private static PrintWriter utf8(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
