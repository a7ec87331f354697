package dev.bosky.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Colours for results on a terminal; plain text where the output is no terminal. */
final class Paint {
  private final boolean on;

  Paint(Ansi ansi) {
    this.on = ansi.enabled();
  }

  /** By the colour's name, for those who do not know this class. */
  String named(String colour, String text) {
    return switch (colour) {
      case "red" -> red(text);
      case "green" -> green(text);
      case "yellow" -> yellow(text);
      case "faint" -> faint(text);
      default -> bold(text);
    };
  }

  String red(String text) {
    return styled(text, Style.fg_red);
  }

  String green(String text) {
    return styled(text, Style.fg_green);
  }

  String yellow(String text) {
    return styled(text, Style.fg_yellow);
  }

  String faint(String text) {
    return styled(text, Style.faint);
  }

  String bold(String text) {
    return styled(text, Style.bold);
  }

  private String styled(String text, Style style) {
    return on ? style.on() + text + style.off() : text;
  }
}
