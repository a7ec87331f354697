package dev.bosky.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The few things that durable state asks of a disk, one call each, so that a test can fail or stop
 * at any of them.
 *
 * <p>What {@link #create} wrote survives a crash of the machine only after {@link #force} on the
 * file; a name that {@link #move} or {@link #delete} changed, only after {@link #force} on its
 * folder. A crash of the process alone loses nothing of what returned.
 */
public interface Storage {
  /** What a file is called before it is whole. */
  String TEMPORARY = ".tmp";

  /** Makes the folder and those above it; does nothing if it is there. */
  void createFolder(Path folder) throws IOException;

  /** The names of the regular files in the folder, in order; none if there is no such folder. */
  List<String> list(Path folder) throws IOException;

  /**
   * The whole file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException also if it is longer than {@code maxBytes}: memory stays bounded
   */
  byte[] read(Path file, int maxBytes) throws IOException;

  /** How many bytes are in the file. */
  long size(Path file) throws IOException;

  /** Makes the file anew with this content; not forced. */
  void create(Path file, byte[] content) throws IOException;

  /** Makes durable what is in the file, or which names are in the folder. */
  void force(Path fileOrFolder) throws IOException;

  /** Gives the file another name in one step; a file of that name is replaced. */
  void move(Path from, Path to) throws IOException;

  /** Removes the file; does nothing if there is none. */
  void delete(Path file) throws IOException;

  /** Replaces the file so that, whenever the machine stops, it is the old one or the new, whole. */
  default void replace(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
    create(temporary, content);
    force(temporary);
    move(temporary, file);
    force(file.getParent());
  }
}
