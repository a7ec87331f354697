package dev.bosky.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bosky.boot.Decides;
import dev.bosky.boot.Stage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what {@link PackWriter} wrote of one pattern file. For one thread. */
final class PackReader {
  private final ByteBuffer in;
  private final String source;
  private final int level;

  /**
   * For one file.
   *
   * @param source the pattern file's path
   */
  PackReader(ByteBuffer in, String source, int level) {
    this.in = in;
    this.source = source;
    this.level = level;
  }

  PatternFile read() {
    String pack = text(in);
    Optional<String> team = optional(PackReader::text);
    Optional<String> project = optional(PackReader::text);
    List<PatternFile.Disable> disable = list(at -> new PatternFile.Disable(text(at), place()));
    List<Expression> mask = list(this::expression);
    List<Marker> markers = list(at -> marker(pack, team, project));
    return new PatternFile(Place.of(source), pack, true, level, disable, mask, markers);
  }

  private Marker marker(String pack, Optional<String> team, Optional<String> project) {
    return new Marker(
        pack,
        text(in),
        true,
        team,
        project,
        MarkerStatus.of(text(in)).orElseThrow(),
        expression(in),
        optional(PackReader::text),
        Decides.of(text(in)).orElseThrow(),
        stages(list(PackReader::text)),
        list(PackReader::text),
        optional(PackReader::text),
        optional(this::expression),
        in.getInt(),
        in.getInt(),
        optional(at -> new Marker.Required(optional(by -> Duration.ofMillis(by.getLong())))),
        Marker.Examples.NONE,
        place());
  }

  private Place place() {
    return new Place(source, in.getInt(), in.getInt());
  }

  /** As in a pattern file: none named are all. */
  private static Set<Stage> stages(List<String> labels) {
    return labels.isEmpty()
        ? EnumSet.allOf(Stage.class)
        : labels.stream().map(label -> Stage.of(label).orElseThrow()).collect(Collectors.toSet());
  }

  private Expression expression(ByteBuffer at) {
    String text = text(at);
    boolean matchesEmpty = at.get() != 0;
    Set<String> names = Set.copyOf(list(PackReader::text));
    List<List<Literal>> allOf = list(set -> list(PackReader::literal));
    Optional<BitSet> firstByte = optional(PackReader::bits);
    return Expression.known(text, new Requirements(allOf, firstByte), matchesEmpty, names);
  }

  private static Literal literal(ByteBuffer at) {
    return new Literal(text(at), at.get() != 0);
  }

  private static BitSet bits(ByteBuffer at) {
    return BitSet.valueOf(new long[] {at.getLong(), at.getLong(), at.getLong(), at.getLong()});
  }

  private <T> List<T> list(Function<ByteBuffer, T> element) {
    int size = in.getInt();
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(element.apply(in));
    }
    return list;
  }

  private <T> Optional<T> optional(Function<ByteBuffer, T> value) {
    return in.get() == 0 ? Optional.empty() : Optional.of(value.apply(in));
  }

  static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }
}
