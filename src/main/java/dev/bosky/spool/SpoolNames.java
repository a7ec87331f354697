package dev.bosky.spool;

import dev.bosky.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The names of the spool's files.
 *
 * <pre>
 * 0000000000000007.json                      one event, as {@link EventCodec#encode} writes it;
 *                                            the number is its place in the order of arrival
 * 0000000000000007.1c2d3e4f.json             the same; the sink of that key has taken it
 * 0000000000000007.1c2d3e4f.5a6b7c8d.json    the same; both have
 * 0000000000000007.json.tmp                  not whole yet
 * 0000000000000007.json.corrupt              cannot be read; counted, kept for a person to look at
 * lost.json                                  what was given up ({@link LostLedger})
 * </pre>
 */
final class SpoolNames {
  static final String LEDGER = "lost.json";
  private static final int DIGITS = 16;
  static final String CORRUPT = ".corrupt";
  private static final Pattern EVENT = Pattern.compile("\\d{16}(\\.[0-9a-f]{8})*\\.json");

  private SpoolNames() {}

  /** The key of a sink in file names: its own name may be a path. */
  static String key(String sink) {
    CRC32C crc = new CRC32C();
    crc.update(sink.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  static boolean isEvent(String name) {
    return EVENT.matcher(name).matches();
  }

  static String name(long number, Collection<String> takenBy) {
    StringBuilder name = new StringBuilder(Long.toString(number));
    name.insert(0, "0".repeat(DIGITS - name.length()));
    new TreeSet<>(takenBy).forEach(key -> name.append('.').append(key));
    return name.append(".json").toString();
  }

  static long number(String name) {
    return Long.parseLong(name.substring(0, DIGITS));
  }

  /** The keys of the sinks that have taken it. */
  static List<String> takenBy(String name) {
    String keys = name.substring(DIGITS, name.length() - ".json".length());
    return keys.isEmpty() ? List.of() : List.of(keys.substring(1).split("\\."));
  }
}
