package dev.bosky.cli;

import dev.bosky.config.Distribution;
import picocli.CommandLine.IVersionProvider;

/** {@code bosky --version}. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"bosky " + Distribution.version()};
  }
}
