package dev.bosky.boot;

import java.util.Optional;

/** Whether a failure makes the boot fail. */
public enum Decides {
  /** It does, unless a script that would have stopped at it went on. */
  YES("true"),

  /**
   * Only if the script that it happened in can be read and does nothing about the command that
   * failed; see {@link Guards}. For words that stand for handled and for unhandled failures.
   */
  IF_UNHANDLED("if-unhandled"),

  /** It only explains a failure that something else established. */
  NO("false");

  private final String label;

  Decides(String label) {
    this.label = label;
  }

  /** The word for it in pattern files and checkpoints. */
  public String label() {
    return label;
  }

  /** The one with that label. */
  public static Optional<Decides> of(String label) {
    for (Decides value : values()) {
      if (value.label.equals(label)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
