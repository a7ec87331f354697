package dev.bosky.match;

import java.util.List;

/**
 * One pattern file, read without an error.
 *
 * @param place where it names its pack
 * @param pack its name in events
 * @param shipped true if it came with Bosky
 * @param level files of a later level come before those of an earlier one
 * @param disable markers of shipped packs that shall not be in force, such as {@code ruby/*}
 * @param mask further secrets to mask
 * @param markers from the top
 */
public record PatternFile(
    Place place,
    String pack,
    boolean shipped,
    int level,
    List<Disable> disable,
    List<Expression> mask,
    List<Marker> markers) {
  /** One entry of {@code disable}, and where it stands. */
  public record Disable(String pattern, Place place) {
    /** Whether it names the marker; {@code *} stands for any text. */
    boolean names(Marker marker) {
      return marker.shipped() && glob(pattern, marker.key());
    }

    private static boolean glob(String pattern, String text) {
      StringBuilder expression = new StringBuilder("\\A");
      for (String piece : pattern.split("\\*", -1)) {
        expression.append(expression.length() == 2 ? "" : ".*");
        expression.append(com.google.re2j.Pattern.quote(piece));
      }
      return com.google.re2j.Pattern.compile(expression + "\\z").matcher(text).find();
    }
  }

  /** The file, as it was named to the loader. */
  public String source() {
    return place.file();
  }

  public PatternFile {
    disable = List.copyOf(disable);
    mask = List.copyOf(mask);
    markers = List.copyOf(markers);
  }
}
