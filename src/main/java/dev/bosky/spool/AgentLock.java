package dev.bosky.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that one agent holds locked as long as it lives, with its process id as text. The system
 * lets go of the lock when the process ends, however it ends; the file stays.
 */
final class AgentLock implements AutoCloseable {
  private static final Path SYSTEM_LOCKS = Path.of("/proc/locks");
  private static final Pattern HELD =
      Pattern.compile("\\d+: +POSIX +\\S+ +WRITE +(?<pid>\\d+) +\\S+:\\S+:(?<inode>\\d+) .*");
  private static final Logger LOG = LoggerFactory.getLogger(AgentLock.class);

  private final FileChannel channel;

  private AgentLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws StateFolderTakenException if another agent has it
   * @throws IOException if the file cannot be written at all
   */
  static AgentLock take(Path file, long pid) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!tryLock(channel)) {
        throw new StateFolderTakenException(file.getParent(), readPid(channel));
      }
      DiskStorage.giveToOwnerOfParent(file);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    writePid(channel, pid);
    return new AgentLock(channel);
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another agent of this very process.
      return false;
    }
  }

  private static String readPid(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
  }

  /** On a full disk the lock holds all the same; it only does not say whose it is. */
  private static void writePid(FileChannel channel, long pid) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      LOG.warn("state folder: the lock file does not name this process: {}", e.toString());
    }
  }

  /**
   * The process that holds the lock. Asks the system's list of locks instead of trying to lock: a
   * command that looks must never keep an agent out that starts at the same moment.
   *
   * @throws IOException if the file is there but cannot be looked at
   */
  static OptionalLong holder(Path file) throws IOException {
    Object inode;
    try {
      inode = Files.getAttribute(file, "unix:ino");
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
    return holder(Files.readAllLines(SYSTEM_LOCKS), inode);
  }

  /** Finds it in lines such as {@code 1: POSIX ADVISORY WRITE 4711 08:01:1837 0 EOF}. */
  static OptionalLong holder(List<String> locks, Object inode) {
    for (String line : locks) {
      Matcher held = HELD.matcher(line);
      if (held.matches() && held.group("inode").equals(String.valueOf(inode))) {
        return OptionalLong.of(Long.parseLong(held.group("pid")));
      }
    }
    return OptionalLong.empty();
  }

  /** Lets the next agent in. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("state folder: the lock file cannot be closed: {}", e.toString());
    }
  }
}
