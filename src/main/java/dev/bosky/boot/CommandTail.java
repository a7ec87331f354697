package dev.bosky.boot;

/**
 * What follows a command on its line, up to the next command that runs in any case.
 *
 * @param start where the command's name begins
 * @param pipe whether its output goes into another command
 * @param or whether another command runs if it fails
 */
record CommandTail(int start, boolean pipe, boolean or) {
  static CommandTail of(String text, int start) {
    boolean pipe = false;
    char quote = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == ';') {
        break;
      } else if (c == '|' && (i == 0 || text.charAt(i - 1) != '>')) {
        if (text.startsWith("||", i)) {
          return new CommandTail(start, pipe, true);
        }
        pipe = true;
      }
    }
    return new CommandTail(start, pipe, false);
  }
}
