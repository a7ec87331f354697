package dev.bosky.golden;

/** A file that is no expectation; the message says where, what was expected and what was found. */
final class UnfitExpectationException extends Exception {
  private static final long serialVersionUID = 1;

  UnfitExpectationException(String message) {
    super(message);
  }
}
