package dev.bosky.match;

/**
 * An expression that is no valid RE2, or one that could cost too much.
 *
 * <p>The message says what was found, such as {@code a look-ahead, (?=}.
 */
final class ExpressionException extends Exception {
  private final transient int index;
  private final transient String todo;

  /**
   * @param index where in the expression, from 0; -1 if that is not known
   * @param todo what to do about it; may be empty
   */
  ExpressionException(String found, int index, String todo) {
    super(found);
    this.index = index;
    this.todo = todo;
  }

  int index() {
    return index;
  }

  String todo() {
    return todo;
  }
}
