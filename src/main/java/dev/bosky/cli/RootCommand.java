package dev.bosky.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code bosky}: one event by hand. */
@Command(name = "bosky")
public final class RootCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
