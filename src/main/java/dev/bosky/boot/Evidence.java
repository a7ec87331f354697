package dev.bosky.boot;

import java.util.List;

/**
 * The lines that show what happened: cleaned and masked.
 *
 * @param before lines before, oldest first
 * @param text the decisive line first; then, joined by {@code \n}, the block it belongs to
 * @param after lines after (in an outcome only), in their order
 */
public record Evidence(List<String> before, String text, List<String> after) {
  public Evidence {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }
}
