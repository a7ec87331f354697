package dev.bosky.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A boot of the real cloud-init that failed, written again: its output line by line, then {@code
 * status.json} and {@code result.json}.
 *
 * <p>Only the times in cloud-init's banners are changed, to now: the agent takes lines of an older
 * boot for what they are, and leaves them alone.
 */
final class RecordedBoot {
  private static final String FOLDER = "/dev/bosky/demo/failing-boot/";
  private static final Pattern BANNER =
      Pattern.compile("^(Cloud-init v\\. .* at ).*?( \\+0000\\.)(.*Up )[\\d.]+( seconds.*)$");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path folder;
  private final InstantSource clock;
  private final Supplier<Duration> uptime;

  RecordedBoot(Path folder, InstantSource clock, Supplier<Duration> uptime) {
    this.folder = folder;
    this.clock = clock;
    this.uptime = uptime;
  }

  Path log() {
    return folder.resolve("cloud-init-output.log");
  }

  Path result() {
    return folder.resolve("result.json");
  }

  Path status() {
    return folder.resolve("status.json");
  }

  /** The lines as they were recorded. */
  static List<String> lines() throws IOException {
    return resource("cloud-init-output.log").lines().toList();
  }

  /** Writes one line of the output. */
  void write(String recorded, Consumer<String> shown) throws IOException {
    String line = now(recorded);
    shown.accept(line);
    Files.writeString(log(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** cloud-init's last act: both documents, each put into its place by a rename. */
  void end() throws IOException {
    place(status(), "status.json");
    place(result(), "result.json");
  }

  private String now(String line) {
    Matcher banner = BANNER.matcher(line);
    if (!banner.matches()) {
      return line;
    }
    return banner.group(1)
        + DATE.format(clock.instant())
        + banner.group(2)
        + banner.group(3)
        + "%.2f".formatted(uptime.get().toMillis() / 1000.0)
        + banner.group(4);
  }

  private static void place(Path file, String resource) throws IOException {
    Path temp = file.resolveSibling(resource + ".tmp");
    Files.writeString(temp, resource(resource));
    Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RecordedBoot.class.getResourceAsStream(FOLDER + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
