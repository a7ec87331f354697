package dev.bosky.dist;

/** The build cannot go on; the message is one sentence that says why. */
final class BuildException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BuildException(String message) {
    super(message);
  }
}
