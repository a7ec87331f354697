package dev.bosky.match;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The markers in force, in order of precedence: later files before earlier ones, within a file from
 * the top.
 *
 * <p>Immutable, for any thread.
 */
public final class PatternSet {
  /** No marker at all. */
  public static final PatternSet EMPTY = new PatternSet(List.of(), List.of());

  private final List<Marker> markers;
  private final Map<String, Marker> byKey;
  private final List<Expression> mask;

  /** Made when lines are first matched; two threads may both make it, to the same. */
  private volatile Prefilter prefilter;

  private PatternSet(List<Marker> markers, List<Expression> mask) {
    this.markers = List.copyOf(markers);
    this.mask = List.copyOf(mask);
    Map<String, Marker> keys = new LinkedHashMap<>();
    markers.forEach(marker -> keys.put(marker.key(), marker));
    this.byKey = Map.copyOf(keys);
  }

  /**
   * The set that these files make together.
   *
   * @param files earlier ones first
   */
  static PatternSet of(List<PatternFile> files) {
    List<PatternFile.Disable> disable =
        files.stream().flatMap(file -> file.disable().stream()).toList();
    Map<String, Marker> inForce = new LinkedHashMap<>();
    List<Expression> mask = new ArrayList<>();
    for (int i = files.size() - 1; i >= 0; i--) {
      for (Marker marker : files.get(i).markers()) {
        if (disable.stream().noneMatch(entry -> entry.names(marker))) {
          inForce.putIfAbsent(marker.key(), marker);
        }
      }
      mask.addAll(files.get(i).mask());
    }
    return new PatternSet(new ArrayList<>(inForce.values()), mask);
  }

  /** This set, and before it the markers for {@code ::bosky fail::text} and the like. */
  public PatternSet withExplicitMarkers() {
    List<Marker> all = new ArrayList<>(ExplicitMarkers.ALL);
    all.addAll(markers);
    return new PatternSet(all, mask);
  }

  /** The markers, the one that is asked first at the head. */
  public List<Marker> list() {
    return markers;
  }

  /** The logs that markers name by their paths. */
  public Set<Path> furtherLogs() {
    return markers.stream()
        .flatMap(marker -> marker.logs().stream())
        .filter(log -> log.startsWith("/"))
        .map(Path::of)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The marker of that {@code pack/id}. */
  public Optional<Marker> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Masks what is secret to everybody, and what these files call secret. */
  public Redactor redactor() {
    return Redactor.with(mask);
  }

  Prefilter prefilter() {
    Prefilter known = prefilter;
    if (known == null) {
      known = new Prefilter(markers.stream().map(m -> m.match().requirements()).toList());
      prefilter = known;
    }
    return known;
  }

  /**
   * The SHA-256 of what is in force, in hexadecimal: the same for the same markers in the same
   * order, wherever their files lie.
   */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      markers.forEach(marker -> digest.update(utf8(meaning(marker))));
      mask.forEach(expression -> digest.update(utf8("mask " + expression.text() + "\n")));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** All of a marker that can change an event. */
  private static String meaning(Marker m) {
    return String.join(
            "\u0000",
            m.key(),
            m.owner(),
            m.project().toString(),
            m.status().label(),
            m.match().text(),
            m.message().toString(),
            m.clearedBy().toString(),
            m.until().toString(),
            m.shipped() + " " + m.decides().label() + " " + m.context() + " " + m.limit(),
            m.stages().stream().sorted().toList().toString(),
            m.logs().toString(),
            m.required().toString())
        + "\n";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
