package dev.bosky.match;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shipped pattern files as the build has read them: for the agent, to which reading them as
 * YAML, examples and all, was a third of its work in a boot.
 *
 * <p>Each is known by its name and its very bytes: one that was changed since is read as any other,
 * and so are all where the compiled form is missing, damaged or of another build. Markers from here
 * have no examples.
 *
 * <p>Immutable, for any thread.
 */
final class CompiledPacks {
  /** Lies beside the pattern files; no pattern file's name begins with a dot. */
  static final String FILE = ".compiled";

  /** To be raised with any change of what {@link PackWriter} writes. */
  static final int FORMAT = 1;

  /** Nothing is known. */
  static final CompiledPacks NONE = new CompiledPacks(Map.of());

  private static final Logger LOG = LoggerFactory.getLogger(CompiledPacks.class);

  private final Map<String, Pack> packs;

  /**
   * One file's compiled form.
   *
   * @param size of the pattern file, in bytes
   * @param crc CRC-32 of the pattern file
   * @param content what {@link PackReader} reads
   */
  private record Pack(int size, int crc, ByteBuffer content) {}

  private CompiledPacks(Map<String, Pack> packs) {
    this.packs = packs;
  }

  /** What lies beside the shipped files of this folder. */
  static CompiledPacks of(Path folder) {
    Path path = folder.resolve(FILE);
    if (!Files.exists(path)) {
      return NONE;
    }
    try {
      return read(Files.readAllBytes(path));
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: {}; the pattern files themselves are read", path, e.getMessage());
      return NONE;
    }
  }

  private static CompiledPacks read(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int end = bytes.length - Integer.BYTES;
    if (end < 0 || in.getInt(end) != crc(bytes, end)) {
      throw new IOException("damaged");
    }
    int format = in.getInt();
    if (format != FORMAT) {
      throw new IOException("of format " + format + ", this build reads " + FORMAT);
    }
    Map<String, Pack> packs = new LinkedHashMap<>();
    for (int count = in.getInt(); count > 0; count--) {
      String name = PackReader.text(in);
      int size = in.getInt();
      int crc = in.getInt();
      int length = in.getInt();
      packs.put(name, new Pack(size, crc, in.slice(in.position(), length)));
      in.position(in.position() + length);
    }
    return new CompiledPacks(packs);
  }

  /**
   * The pattern file, if it is known and has not changed.
   *
   * @param bytes all of it
   */
  Optional<PatternFile> find(Path path, byte[] bytes, int level) {
    Pack pack = packs.get(String.valueOf(path.getFileName()));
    if (pack == null || pack.size != bytes.length || pack.crc != crc(bytes, bytes.length)) {
      return Optional.empty();
    }
    return Optional.of(new PackReader(pack.content.duplicate(), path.toString(), level).read());
  }

  static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
