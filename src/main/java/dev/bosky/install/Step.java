package dev.bosky.install;

import java.io.IOException;

/** One thing that is to be so on the machine. */
interface Step {
  /** What is done, in the words of a list, such as {@code user bosky}. */
  String says();

  /** Whether it is so already. */
  boolean isDone() throws IOException;

  /**
   * Makes it so, at once or not at all.
   *
   * @throws IOException in words that say what failed and what to do
   */
  void apply() throws IOException, InterruptedException;

  /** Makes a step of its three parts. */
  static Step of(String says, Check done, Action action) {
    return new Step() {
      @Override
      public String says() {
        return says;
      }

      @Override
      public boolean isDone() throws IOException {
        return done.get();
      }

      @Override
      public void apply() throws IOException, InterruptedException {
        action.run();
      }
    };
  }

  /** Looks, and changes nothing. */
  @FunctionalInterface
  interface Check {
    boolean get() throws IOException;
  }

  /** Does it. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException, InterruptedException;
  }
}
