package dev.bosky.bus;

/**
 * Colours for a terminal, or none.
 *
 * @param coloured whether the reader is a terminal that shows colours
 */
public record Ink(boolean coloured) {
  private static final String ESCAPE = "\u001b[";
  private static final String RESET = ESCAPE + "0m";

  public String bold(String text) {
    return paint("1", text);
  }

  /** For what is there for completeness. */
  public String dim(String text) {
    return paint("2", text);
  }

  public String red(String text) {
    return paint("1;31", text);
  }

  public String green(String text) {
    return paint("1;32", text);
  }

  public String yellow(String text) {
    return paint("33", text);
  }

  public String blue(String text) {
    return paint("34", text);
  }

  /** The colour of an event's status; statuses can be renamed, so others are left as they are. */
  public String status(String status, String text) {
    return switch (status) {
      case "fail" -> red(text);
      case "success" -> green(text);
      case "info" -> blue(text);
      default -> text;
    };
  }

  private String paint(String code, String text) {
    return coloured && !text.isEmpty() ? ESCAPE + code + "m" + text + RESET : text;
  }

  /** The text on one line without control characters, so that it cannot steer the terminal. */
  public static String oneLine(String text) {
    return text.replaceAll("\\R", " | ").replaceAll("\\p{Cntrl}", "?");
  }
}
