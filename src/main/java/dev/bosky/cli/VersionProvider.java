package dev.bosky.cli;

import dev.bosky.config.Distribution;
import picocli.CommandLine.IVersionProvider;

/** {@code bosky --version}: the version, the commit it was built from, the Java that runs it. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "bosky %s (%sJava %s)"
          .formatted(
              Distribution.version(),
              Distribution.commit().map(commit -> "commit " + commit + ", ").orElse(""),
              System.getProperty("java.version"))
    };
  }
}
