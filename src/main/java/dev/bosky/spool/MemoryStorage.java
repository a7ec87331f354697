package dev.bosky.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Files that live as long as the process: what the agent goes on with where its state folder cannot
 * be written. Any thread may call it; what holds its files bounds them.
 */
public final class MemoryStorage implements Storage {
  private final NavigableMap<Path, byte[]> files = new TreeMap<>();

  @Override
  public void createFolder(Path folder) {
    // A folder is there as soon as a file is in it.
  }

  @Override
  public synchronized List<String> list(Path folder) {
    return files.keySet().stream()
        .filter(f -> folder.equals(f.getParent()))
        .map(f -> f.getFileName().toString())
        .sorted()
        .toList();
  }

  @Override
  public synchronized byte[] read(Path file, int maxBytes) throws IOException {
    byte[] content = content(file);
    if (content.length > maxBytes) {
      throw new IOException("%s: longer than %d bytes".formatted(file, maxBytes));
    }
    return content.clone();
  }

  @Override
  public synchronized long size(Path file) throws IOException {
    return content(file).length;
  }

  @Override
  public synchronized void create(Path file, byte[] content) {
    files.put(file, content.clone());
  }

  @Override
  public void force(Path fileOrFolder) {
    // Memory holds no more than it has.
  }

  @Override
  public synchronized void move(Path from, Path to) throws IOException {
    files.put(to, content(from));
    files.remove(from);
  }

  @Override
  public synchronized void delete(Path file) {
    files.remove(file);
  }

  private byte[] content(Path file) throws NoSuchFileException {
    byte[] content = files.get(file);
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    return content;
  }
}
