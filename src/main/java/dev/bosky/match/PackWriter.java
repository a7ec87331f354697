package dev.bosky.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bosky.boot.Stage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Writes the compiled form of shipped pattern files, which {@link CompiledPacks} reads. The build
 * calls it; the same files give the same bytes.
 */
public final class PackWriter {
  private final DataOutputStream out;

  /** Writes one value. */
  private interface Element<T> {
    void write(T value) throws IOException;
  }

  private PackWriter(DataOutputStream out) {
    this.out = out;
  }

  /**
   * Compiles the pattern files of a folder, into that folder.
   *
   * @param arguments the folder
   * @throws IOException if one of them has an error, or the folder cannot be written
   */
  public static void main(String... arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    PatternLoader.Loaded loaded = PatternLoader.load(List.of(PatternSource.shipped(folder)));
    if (!loaded.problems().isEmpty()) {
      throw new IOException(loaded.problems().get(0).toString());
    }
    Files.write(folder.resolve(CompiledPacks.FILE), compiled(loaded.files()));
  }

  /** Of files without an error. */
  static byte[] compiled(List<PatternFile> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PackWriter all = new PackWriter(new DataOutputStream(bytes));
    all.out.writeInt(CompiledPacks.FORMAT);
    all.list(files, all::file);
    all.out.writeInt(CompiledPacks.crc(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private void file(PatternFile file) throws IOException {
    Path path = Path.of(file.source());
    byte[] yaml = Files.readAllBytes(path);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    new PackWriter(new DataOutputStream(content)).content(file);
    text(String.valueOf(path.getFileName()));
    out.writeInt(yaml.length);
    out.writeInt(CompiledPacks.crc(yaml, yaml.length));
    out.writeInt(content.size());
    content.writeTo(out);
  }

  private void content(PatternFile file) throws IOException {
    Optional<Marker> any = file.markers().stream().findFirst();
    text(file.pack());
    optional(any.flatMap(Marker::team), this::text);
    optional(any.flatMap(Marker::project), this::text);
    list(
        file.disable(),
        disable -> {
          text(disable.pattern());
          place(disable.place());
        });
    list(file.mask(), this::expression);
    list(file.markers(), this::marker);
  }

  private void marker(Marker marker) throws IOException {
    text(marker.id());
    text(marker.status().label());
    expression(marker.match());
    optional(marker.message(), this::text);
    text(marker.decides().label());
    boolean all = marker.stages().size() == Stage.values().length;
    list(
        all ? List.of() : marker.stages().stream().sorted().toList(), stage -> text(stage.label()));
    list(marker.logs(), this::text);
    optional(marker.clearedBy(), this::text);
    optional(marker.until(), this::expression);
    out.writeInt(marker.context());
    out.writeInt(marker.limit());
    optional(
        marker.required(), required -> optional(required.by(), by -> out.writeLong(by.toMillis())));
    place(marker.place());
  }

  private void place(Place place) throws IOException {
    out.writeInt(place.line());
    out.writeInt(place.column());
  }

  private void expression(Expression expression) throws IOException {
    text(expression.text());
    out.writeBoolean(expression.matchesEmpty());
    list(expression.names().stream().sorted().toList(), this::text);
    list(expression.requirements().allOf(), set -> list(set, this::literal));
    optional(expression.requirements().firstByte(), this::bits);
  }

  private void literal(Literal literal) throws IOException {
    text(literal.text());
    out.writeBoolean(literal.atStart());
  }

  private void bits(BitSet bits) throws IOException {
    for (long word : Arrays.copyOf(bits.toLongArray(), 4)) {
      out.writeLong(word);
    }
  }

  private <T> void list(List<T> list, Element<T> element) throws IOException {
    out.writeInt(list.size());
    for (T value : list) {
      element.write(value);
    }
  }

  private <T> void optional(Optional<T> value, Element<T> element) throws IOException {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      element.write(value.get());
    }
  }

  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
