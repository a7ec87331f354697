package dev.bosky.boot;

import java.util.Optional;

/**
 * The stages of a boot by cloud-init, in their order, by the names that events and patterns use.
 */
public enum Stage {
  INIT_LOCAL("init-local"),
  INIT("init"),
  MODULES_CONFIG("modules-config"),
  MODULES_FINAL("modules-final");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /** The name in events and pattern files, such as {@code modules-final}. */
  public String label() {
    return label;
  }

  /** The stage of that name; cloud-init's banner writes {@code modules:final}. Empty for others. */
  public static Optional<Stage> of(String name) {
    String wanted = name.replace(':', '-');
    for (Stage stage : values()) {
      if (stage.label.equals(wanted)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }

  /** The stage after this one; empty for the last. */
  Optional<Stage> next() {
    return switch (this) {
      case INIT_LOCAL -> Optional.of(INIT);
      case INIT -> Optional.of(MODULES_CONFIG);
      case MODULES_CONFIG -> Optional.of(MODULES_FINAL);
      case MODULES_FINAL -> Optional.empty();
    };
  }
}
