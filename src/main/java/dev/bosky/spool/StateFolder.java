package dev.bosky.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of all that outlives a process, open to one agent at a time.
 *
 * <pre>
 * agent.lock          locked as long as the agent lives; its process id as text
 * owner.json          {"instanceId":"i-0abc"}: whose state this is
 * NAME.json           documents of the agent ({@link StateFile}), such as its checkpoint
 * spool/ dead/ inbox/ events ({@link Spool}, {@link DeadLetters}, {@link Inbox})
 * set-aside/ID/       state of another instance, found in a baked image: never sent
 * </pre>
 *
 * <p>Where the folder cannot be written, all of it is in memory and goes with the process: {@link
 * #memoryOnlyBecause} says why. One thread.
 */
public final class StateFolder implements AutoCloseable {
  public static final Path DEFAULT_PATH = Path.of("/var/lib/bosky");

  private static final String LOCK = "agent.lock";
  private static final String SPOOL = "spool";
  private static final String DEAD = "dead";
  private static final String INBOX = "inbox";
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

  private final Path path;
  private final Storage storage;
  private final Optional<AgentLock> lock;
  private final String memoryOnlyBecause;

  private StateFolder(
      Path path, Storage storage, Optional<AgentLock> lock, String memoryOnlyBecause) {
    this.path = path;
    this.storage = storage;
    this.lock = lock;
    this.memoryOnlyBecause = memoryOnlyBecause;
  }

  /**
   * Opens the folder, and makes it if there is none.
   *
   * @param pid the id of this process, for the next agent that tries
   * @throws StateFolderTakenException if another agent has it open
   */
  public static StateFolder open(Path path, long pid) throws StateFolderTakenException {
    Storage disk = new DiskStorage();
    try {
      disk.createFolder(path);
      return new StateFolder(path, disk, Optional.of(AgentLock.take(path.resolve(LOCK), pid)), "");
    } catch (StateFolderTakenException e) {
      throw e;
    } catch (IOException e) {
      return inMemory(path, e.toString());
    }
  }

  /** A folder of that name of which nothing reaches the disk. */
  public static StateFolder inMemory(Path path, String because) {
    LOG.warn(
        "state folder {}: going on in memory only, what waits is lost at exit: {}", path, because);
    return new StateFolder(path, new MemoryStorage(), Optional.empty(), because);
  }

  /** Why nothing of this reaches the disk; empty if it does. */
  public String memoryOnlyBecause() {
    return memoryOnlyBecause;
  }

  public boolean isDurable() {
    return memoryOnlyBecause.isEmpty();
  }

  /**
   * Says whose state this is to be. State of another instance, which came with a baked image, is
   * moved to {@code set-aside/}. Before this, neither the spool nor the inbox is to be opened.
   *
   * @param instanceId this instance, or {@code unknown}
   * @param bootId this boot: its events are this instance's also where they do not name it
   * @return how many events were set aside
   * @throws IOException if they cannot be moved: then they must not be sent
   */
  public int claim(String instanceId, String bootId) throws IOException {
    return new Owner(storage, path, bootId).claim(instanceId, List.of(SPOOL, DEAD, INBOX));
  }

  /** A document of that name, such as {@code checkpoint}. */
  public StateFile document(String name, int version) {
    return new StateFile(storage, path.resolve(name + ".json"), version);
  }

  /**
   * The spool, with smaller limits if it is in memory.
   *
   * @param sinks the names of all sinks
   */
  public Spool spool(Collection<String> sinks) {
    SpoolLimits limits = isDurable() ? SpoolLimits.DISK : SpoolLimits.MEMORY;
    return Spool.open(storage, path.resolve(SPOOL), limits, sinks);
  }

  public DeadLetters deadLetters() {
    return new DeadLetters(storage, path.resolve(DEAD));
  }

  public Inbox inbox() {
    return new Inbox(storage, path.resolve(INBOX));
  }

  /** What calls of {@code bin/bosky} hand over, in the inbox too. */
  public Requests requests() {
    return new Requests(storage, path.resolve(INBOX));
  }

  /** The inbox of a folder that another process may have open. */
  public static Inbox inboxOf(Path path) {
    return new Inbox(new DiskStorage(), path.resolve(INBOX));
  }

  /** The dead letters of a folder that another process may have open. */
  public static DeadLetters deadLettersOf(Path path) {
    return new DeadLetters(new DiskStorage(), path.resolve(DEAD));
  }

  /**
   * What waits in a folder that another process may have open, in the order of arrival.
   *
   * @throws IOException if the folder cannot be read
   */
  public static List<Spooled> waitingIn(Path path) throws IOException {
    return new SpoolFolder(new DiskStorage(), path.resolve(SPOOL), SpoolLimits.DISK.maxEventBytes())
        .waiting();
  }

  /**
   * A document of a folder that another process may have open; nothing is moved or written.
   *
   * @throws IOException if the disk cannot be read at all
   */
  public static StateFile.Content documentIn(Path path, String name, int version)
      throws IOException {
    return new StateFile(new DiskStorage(), path.resolve(name + ".json"), version).look();
  }

  /**
   * How many events were given up in a folder that another process may have open.
   *
   * @throws IOException if the disk cannot be read at all
   */
  public static long lostIn(Path path) throws IOException {
    Path spool = path.resolve(SPOOL);
    return LostLedger.look(new StateFile(new DiskStorage(), spool.resolve(SpoolNames.LEDGER), 1))
        .total();
  }

  /**
   * The process id of the agent that has a folder open; empty if none has.
   *
   * @throws IOException if nobody can tell
   */
  public static OptionalLong agentIn(Path path) throws IOException {
    return AgentLock.holder(path.resolve(LOCK));
  }

  /** Lets the next agent in. */
  @Override
  public void close() {
    lock.ifPresent(AgentLock::close);
  }
}
