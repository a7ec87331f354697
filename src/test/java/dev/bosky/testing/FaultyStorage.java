package dev.bosky.testing;

import dev.bosky.spool.Storage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A storage that fails, or stops the "machine", at a call chosen in advance.
 *
 * <p>Counts the calls that change something. After a stop every call throws {@link Stopped}; the
 * test then looks at what the storage below holds, as it is (the process died) or after {@link
 * #losePower} (what was not forced is gone).
 */
public final class FaultyStorage implements Storage {
  private static final int MAX_BYTES = 64 << 20;

  /** What happens at the chosen call. */
  public enum Fault {
    /** The machine stops before the call does anything. */
    STOP,
    /** The call is done, a created file by half; then the machine stops. */
    STOP_AFTER,
    /** That call fails, those after it work. */
    FAIL_ONCE,
    /** That call and all after it fail, but for those that make room: the disk is full. */
    DISK_FULL,
    /** That call and all after it fail: the disk has become read-only. */
    READ_ONLY
  }

  /** The machine stopped. An error, so that no handler for exceptions goes on. */
  public static final class Stopped extends Error {
    private static final long serialVersionUID = 1;
  }

  /** A change that a crash of the machine may undo. */
  private interface Undo {
    void run() throws IOException;
  }

  private final Storage disk;
  private final Set<Path> unforcedFiles = new HashSet<>();
  private final Map<Path, Deque<Undo>> unforcedNames = new HashMap<>();
  private Fault fault;
  private long faultyCall;
  private long calls;
  private boolean stopped;

  public FaultyStorage(Storage disk) {
    this.disk = disk;
  }

  /** Sets the fault for the {@code call}th changing call from now, from 1. */
  public FaultyStorage at(long call, Fault what) {
    faultyCall = calls + call;
    fault = what;
    return this;
  }

  /** The disk works again. */
  public void repair() {
    fault = null;
  }

  /** How many changing calls there were. */
  public long calls() {
    return calls;
  }

  /** Takes back on the storage below what was never forced: contents, then names. */
  public void losePower() throws IOException {
    for (Path file : unforcedFiles) {
      try {
        byte[] content = disk.read(file, MAX_BYTES);
        disk.create(file, Arrays.copyOf(content, content.length / 2));
      } catch (NoSuchFileException e) {
        // Removed since.
      }
    }
    for (Deque<Undo> changes : unforcedNames.values()) {
      while (!changes.isEmpty()) {
        changes.pop().run();
      }
    }
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    alive();
    disk.createFolder(folder);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    alive();
    return disk.list(folder);
  }

  @Override
  public byte[] read(Path file, int maxBytes) throws IOException {
    alive();
    return disk.read(file, maxBytes);
  }

  @Override
  public long size(Path file) throws IOException {
    alive();
    return disk.size(file);
  }

  @Override
  public void create(Path file, byte[] content) throws IOException {
    boolean last = before(false);
    disk.create(file, last ? Arrays.copyOf(content, content.length / 2) : content);
    unforcedFiles.add(file);
    after(last);
  }

  @Override
  public void force(Path fileOrFolder) throws IOException {
    boolean last = before(false);
    disk.force(fileOrFolder);
    unforcedFiles.remove(fileOrFolder);
    unforcedNames.remove(fileOrFolder);
    after(last);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    boolean last = before(true);
    byte[] content = disk.read(from, MAX_BYTES);
    byte[] replaced = contentOf(to);
    disk.move(from, to);
    if (unforcedFiles.remove(from)) {
      unforcedFiles.add(to);
    }
    undoable(
        to,
        () -> {
          disk.create(from, content);
          if (replaced == null) {
            disk.delete(to);
          } else {
            disk.create(to, replaced);
          }
        });
    after(last);
  }

  @Override
  public void delete(Path file) throws IOException {
    boolean last = before(true);
    byte[] content = contentOf(file);
    disk.delete(file);
    if (content != null) {
      undoable(file, () -> disk.create(file, content));
    }
    after(last);
  }

  private void undoable(Path file, Undo undo) {
    unforcedNames.computeIfAbsent(file.getParent(), f -> new ArrayDeque<>()).push(undo);
  }

  private byte[] contentOf(Path file) throws IOException {
    try {
      return disk.read(file, MAX_BYTES);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void alive() {
    if (stopped) {
      throw new Stopped();
    }
  }

  /** Whether the machine is to stop after this call. */
  private boolean before(boolean needsNoRoom) throws IOException {
    alive();
    calls++;
    if (fault == null || calls < faultyCall) {
      return false;
    }
    switch (fault) {
      case STOP -> {
        stopped = true;
        throw new Stopped();
      }
      case STOP_AFTER -> {
        return true;
      }
      case FAIL_ONCE -> {
        if (calls == faultyCall) {
          throw new IOException("input/output error");
        }
      }
      case DISK_FULL -> {
        if (!needsNoRoom) {
          throw new IOException("no space left on device");
        }
      }
      case READ_ONLY -> throw new IOException("read-only file system");
    }
    return false;
  }

  private void after(boolean last) {
    if (last) {
      stopped = true;
      throw new Stopped();
    }
  }
}
