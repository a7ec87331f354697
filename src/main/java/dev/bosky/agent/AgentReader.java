package dev.bosky.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.boot.BootTracker;
import dev.bosky.boot.Interruption;
import dev.bosky.event.Draft;
import dev.bosky.event.Event;
import dev.bosky.event.EventFactory;
import dev.bosky.event.EventSettings;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.source.LogLine;
import dev.bosky.source.SourceRecord;
import dev.bosky.source.StatusFile;
import dev.bosky.spool.Spool;
import dev.bosky.spool.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader's side of the agent, one step at a time: read, match, append, force, <em>then</em>
 * save the checkpoint, <em>then</em> let what was appended be sent. A crash at any point reads
 * again what the checkpoint had not passed, and makes the same events.
 *
 * <p>For the reader thread only.
 */
final class AgentReader {
  /** A pause between two looks; a change in a watched folder ends it early. */
  private static final Duration POLL = Duration.ofMillis(100);

  /** While a call waits for its answer. */
  private static final Duration SHORT_POLL = Duration.ofMillis(5);

  /** Without an event the checkpoint is saved at most so often. */
  private static final Duration SAVE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(AgentReader.class);

  /**
   * Where events go, once it is known whose they are. Until then drafts are held in memory: nothing
   * of them is lost in a crash, because no checkpoint has passed their lines.
   */
  record Outlet(InstanceIdentity instance, Spool spool, Mailbox mailbox, StateFile checkpoint) {}

  /** What one step came to. */
  enum Step {
    /** There is more to read at once. */
    MORE,
    /** Nothing to do until something changes. */
    IDLE,
    /** The boot's outcome is in the spool, and may be sent. */
    OUTCOME_TOLD
  }

  private final AgentLogs where;
  private final FollowedLogs logs;
  private final List<StatusFile> documents;
  private final Pipeline pipeline;
  private EventFactory factory;
  private final ThisBoot boot;
  private final Supplier<Optional<Outlet>> outlet;
  private final EndOfMachine end;
  private final InstantSource clock;
  private final List<Draft> held = new ArrayList<>();
  private final SourceGuard guard = new SourceGuard();

  private Optional<PatternReload> patterns = Optional.empty();
  private boolean begun;
  private boolean stopped;
  private boolean askedWhy;
  private ObjectNode saved;
  private Instant savedAt = Instant.EPOCH;
  private long linesRead;
  private boolean checkpointTrouble;

  /**
   * @param where finds further logs
   * @param logs those to begin with; closed by {@link #close}
   * @param outlet the way out once it is known; asked at each look
   */
  AgentReader(
      AgentLogs where,
      FollowedLogs logs,
      List<StatusFile> documents,
      Pipeline pipeline,
      EventFactory factory,
      ThisBoot boot,
      Supplier<Optional<Outlet>> outlet,
      EndOfMachine end,
      InstantSource clock) {
    this.where = where;
    this.logs = logs;
    this.documents = List.copyOf(documents);
    this.pipeline = pipeline;
    this.factory = factory;
    this.boot = boot;
    this.outlet = outlet;
    this.end = end;
    this.clock = clock;
    pipeline.outputLogs(logs.outputs());
  }

  /** From now on, takes pattern files that change. */
  void follow(PatternReload reload) {
    patterns = Optional.of(reload);
  }

  /** One look at everything. */
  Step step() {
    Optional<Outlet> open = outlet.get();
    if (!begun) {
      // This boot's start is told before its first line.
      begun = true;
      tick(true);
    }
    patterns.flatMap(reload -> reload.step(pipeline, clock.instant())).ifPresent(this::use);
    for (StatusFile document : documents) {
      guard.poll("cloud-init's report", () -> document.poll(this::accept), this::accept);
    }
    boolean more = logs.poll(this::accept);
    if (pipeline.takeWhereabouts()) {
      more |= followMore();
    }
    boolean handed = open.isPresent() && open.get().mailbox().take(pipeline::message);
    open.ifPresent(to -> to.mailbox().answer());
    // What the last look's events made the spool give up is known only now, and the outcome says
    // it.
    open.ifPresent(to -> pipeline.lost(to.spool().lost().total()));
    tick(more);
    open.ifPresent(to -> commit(to, handed));
    if (open.isPresent()
        && pipeline.verdict().isPresent()
        && !pipeline.mayBeAmended(boot.uptime(clock))) {
      return Step.OUTCOME_TOLD;
    }
    return more ? Step.MORE : Step.IDLE;
  }

  /** Other patterns are in force, and may name other logs. */
  private void use(String hash) {
    factory = factory.withPatterns(hash);
    followMore();
  }

  /** How long to wait until the next look, unless something changes. */
  Duration pause() {
    return outlet.get().filter(to -> to.mailbox().isAwaited()).isPresent() ? SHORT_POLL : POLL;
  }

  /** Follows what has turned up since the last look; says whether something has. */
  private boolean followMore() {
    Set<Path> found = where.found();
    pipeline.announcedLogs().forEach(path -> where.announced(path).ifPresent(found::add));
    boolean more = false;
    for (Path path : found) {
      more |= logs.follow(path.toString(), path);
    }
    for (Path path : pipeline.patterns().furtherLogs()) {
      more |= logs.followFurther(path);
    }
    if (more) {
      pipeline.outputLogs(logs.outputs());
    }
    return more;
  }

  private void accept(SourceRecord news) {
    linesRead++;
    try {
      pipeline.accept(news, clock.instant());
    } catch (RuntimeException | StackOverflowError e) {
      // A bug that this line meets, at every try: what comes after it is read all the same.
      if (pipeline.failed(nameOf(news), e, clock.instant())) {
        LOG.error("{} could not be taken, this is a bug", nameOf(news), e);
      }
    }
  }

  private static String nameOf(SourceRecord news) {
    return news instanceof LogLine line
        ? "the line at byte %d of log %s".formatted(line.offset(), line.log())
        : "a " + news.getClass().getSimpleName();
  }

  private void tick(boolean backlog) {
    Duration quiet = logs.quietFor();
    if (!backlog && pipeline.awaitsEnd() && quiet.compareTo(BootTracker.QUIET) >= 0) {
      logs.flushPartial(this::accept);
      if (pipeline.isCutShort() && !askedWhy) {
        // Where the answer is not there yet, the agent is told to end in a moment, too.
        askedWhy = true;
        end.cause().ifPresent(cause -> pipeline.stop(cause, clock.instant()));
      }
    }
    pipeline.tick(clock.instant(), boot.uptime(clock), quiet, backlog);
    if (!backlog && end.stagesGone() && !pipeline.awaitsEnd()) {
      pipeline.stagesGone(clock.instant());
    }
  }

  /** Events on disk, then the checkpoint, then they may be sent. */
  private void commit(Outlet to, boolean news) {
    held.addAll(pipeline.takeDrafts());
    boolean drafts = !held.isEmpty();
    if (drafts) {
      List<Event> events = new ArrayList<>();
      held.forEach(draft -> events.add(factory.finish(draft, to.instance(), boot.bootId())));
      to.spool().append(events);
      held.clear();
    }
    // The first time too: what an agent before this one appended may wait for just that.
    boolean due =
        saved == null
            || (linesRead > 0
                && Duration.between(savedAt, clock.instant()).abs().compareTo(SAVE) >= 0);
    if (news || drafts || due) {
      save(to);
      to.spool().cover();
    }
    to.mailbox().settle();
  }

  private void save(Outlet to) {
    ObjectNode document =
        new Checkpoint(
                boot,
                to.instance().instanceId().orElse(EventSettings.UNKNOWN),
                stopped,
                end.announced(),
                logs.positions(),
                pipeline.snapshot())
            .toJson();
    linesRead = 0;
    savedAt = clock.instant();
    if (document.equals(saved)) {
      return;
    }
    try {
      to.checkpoint().save(document);
      saved = document;
      checkpointTrouble = false;
    } catch (IOException e) {
      if (!checkpointTrouble) {
        checkpointTrouble = true;
        LOG.warn("checkpoint: {}; going on, a restart reads this boot's log again", e.toString());
      }
    }
  }

  /**
   * The agent is told to stop: the verdict if cloud-init has ended or the machine goes down, else
   * none, and the next start goes on.
   */
  void stop() {
    step();
    if (pipeline.verdict().isEmpty()) {
      Optional<Interruption> cause = end.cause();
      if (pipeline.awaitsEnd() || cause.isPresent()) {
        pipeline.stop(cause.orElse(Interruption.UNKNOWN), clock.instant());
      }
    }
    stopped = true;
    outlet.get().ifPresent(to -> commit(to, true));
  }

  /**
   * Nothing more is read: the last calls are taken, and those that come later send by themselves.
   */
  void closeMailbox() {
    outlet
        .get()
        .ifPresent(
            to -> {
              to.mailbox().close();
              commit(to, to.mailbox().take(pipeline::message));
            });
  }

  void close() {
    logs.close();
    documents.forEach(StatusFile::close);
  }
}
