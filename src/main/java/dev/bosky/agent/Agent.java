package dev.bosky.agent;

import dev.bosky.boot.BootSettings;
import dev.bosky.boot.History;
import dev.bosky.boot.UserData;
import dev.bosky.event.EventFactory;
import dev.bosky.event.EventSettings;
import dev.bosky.identity.IdentityProvider;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.match.MatchSettings;
import dev.bosky.match.PatternSet;
import dev.bosky.match.PatternWatch;
import dev.bosky.publish.EventSink;
import dev.bosky.publish.Publisher;
import dev.bosky.source.FolderWatcher;
import dev.bosky.source.StatusDocument;
import dev.bosky.source.StatusFile;
import dev.bosky.spool.Requests;
import dev.bosky.spool.Spool;
import dev.bosky.spool.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole flow on one machine for one boot: owns both threads.
 *
 * <p>{@code agent-reader} reads, matches, appends to the spool and saves the checkpoint; {@code
 * agent-publisher} takes from the spool to the sinks. They share the spool and nothing else, so the
 * reader never waits for the network. {@link #run} ends when the boot has been told and the spool
 * is empty, or after {@link #stop}.
 */
public final class Agent implements AutoCloseable {
  /** The instance is asked for so often while it is not known. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  private final AgentSettings settings;
  private final IdentityProvider identity;
  private final List<EventSink> sinks;
  private final ThisBoot boot;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final StateFolder state;
  private final EndOfMachine end;
  private final AgentLogs where;
  private final EventSettings events;
  private final EventFactory factory;
  private final Resumption left;
  private final Pipeline pipeline;
  private final AgentReader reader;
  private final FolderWatcher waker;
  private final Delivery delivery = new Delivery();
  private final CountDownLatch ended = new CountDownLatch(1);

  private Optional<PreviousBoot> previous;
  private Optional<AgentReader.Outlet> outlet = Optional.empty();
  private Instant askedAt = Instant.MIN;
  private volatile boolean stopping;
  private volatile Optional<Throwable> failure = Optional.empty();

  /**
   * Makes an agent; nothing is read before {@link #run}.
   *
   * @param state open; closed by {@link #close}
   * @param sinks closed by {@link #close}
   * @param end what is known of the machine's going down; closed when the boot has been told
   * @throws IOException if the checkpoint cannot be read at all
   */
  public Agent(
      AgentSettings settings,
      PatternSet patterns,
      EventSettings events,
      IdentityProvider identity,
      UserData userData,
      StateFolder state,
      List<EventSink> sinks,
      ThisBoot boot,
      EndOfMachine end,
      RandomGenerator random,
      InstantSource clock)
      throws IOException {
    this.settings = settings;
    this.identity = identity;
    this.sinks = List.copyOf(sinks);
    this.boot = boot;
    this.random = random;
    this.clock = clock;
    this.state = state;
    this.end = end;
    this.where = new AgentLogs(settings, userData);
    this.events = events;
    this.factory = new EventFactory(events.withPatterns(patterns.hash()));
    this.left = Resumption.of(state.document(Checkpoint.NAME, Checkpoint.VERSION), boot);
    BootSettings live = BootSettings.agent(settings.timeout(), boot.bootStarted());
    BootSettings over = BootSettings.previous(boot.bootStarted());
    Resumption.Resumed resumed = left.resume(() -> pipeline(patterns, live, userData));
    this.pipeline = resumed.pipeline();
    this.previous = left.previous(() -> pipeline(patterns, over, userData), clock);
    this.waker = new FolderWatcher(where.documents());
    FollowedLogs logs =
        new FollowedLogs(boot.bootStarted(), resumed.positions(), clock, waker::watch);
    where.known(left.checkpoint(), patterns.furtherLogs()).forEach(logs::follow);
    patterns.furtherLogs().forEach(logs::followFurther);
    this.reader =
        new AgentReader(
            where,
            logs,
            List.of(
                document(
                    StatusDocument.Kind.STATUS, where.status(), settings.statusFile().isPresent()),
                document(
                    StatusDocument.Kind.RESULT, where.result(), settings.result().isPresent())),
            pipeline,
            factory,
            boot,
            this::outlet,
            end,
            clock);
  }

  /** Takes these pattern files whenever they change; before {@link #run}. */
  public void follow(PatternWatch files) {
    reader.follow(new PatternReload(files, settings.explicitMarkers()));
  }

  private StatusFile document(StatusDocument.Kind kind, Path path, boolean named) {
    return new StatusFile(kind, path, named ? boot.bootStarted() : Instant.MIN, System::nanoTime);
  }

  private Pipeline pipeline(PatternSet patterns, BootSettings boots, UserData userData) {
    Map<String, String> names = new LinkedHashMap<>();
    where.first().forEach((name, path) -> names.put(name, path.toString()));
    return new Pipeline(
        settings.explicitMarkers() ? patterns.withExplicitMarkers() : patterns,
        new MatchSettings(settings.maxEvents(), MatchSettings.DEFAULT.outputLogs()),
        boots,
        History.UNKNOWN,
        userData,
        new PipelineSettings(names, settings.degraded(), settings.interrupted()));
  }

  /**
   * Opens the way out as soon as it is known whose events these are; at the deadline without.
   * Called by the reader thread.
   */
  private Optional<AgentReader.Outlet> outlet() {
    Instant now = clock.instant();
    if (outlet.isPresent() || Duration.between(askedAt, now).abs().compareTo(ASK_AGAIN) < 0) {
      return outlet;
    }
    askedAt = now;
    boolean deadline = boot.uptime(clock).compareTo(settings.timeout()) >= 0;
    Optional<InstanceIdentity> found =
        identity
            .find()
            .or(
                () ->
                    left.ofThisBoot()
                        .map(checkpoint -> InstanceIdentity.of(checkpoint.instanceId())))
            .or(() -> deadline ? Optional.of(InstanceIdentity.UNKNOWN) : Optional.empty());
    outlet = found.flatMap(this::open);
    return outlet;
  }

  private Optional<AgentReader.Outlet> open(InstanceIdentity instance) {
    try {
      state.claim(instance.instanceId().orElse(EventSettings.UNKNOWN), boot.bootId());
    } catch (IOException e) {
      LOG.error("state folder: another instance's events cannot be set aside: {}", e.toString());
      return Optional.empty();
    }
    Spool spool = state.spool(sinks.stream().map(EventSink::name).toList());
    delivery.start(new Publisher(spool, state.deadLetters(), sinks, random, clock));
    previous.ifPresent(before -> settle(before, instance, spool));
    previous = Optional.empty();
    return Optional.of(
        new AgentReader.Outlet(
            instance,
            spool,
            new Mailbox(state.inbox(), handOver(instance, spool), spool, boot.bootId()),
            state.document(Checkpoint.NAME, Checkpoint.VERSION)));
  }

  private HandOver handOver(InstanceIdentity instance, Spool spool) {
    Requests requests = state.requests();
    waker.watch(requests.watched());
    HandOver handOver =
        new HandOver(
            requests,
            spool,
            state.deadLetters(),
            events.withPatterns(""),
            pipeline::mask,
            instance,
            boot,
            clock);
    handOver.open();
    return handOver;
  }

  /**
   * Tells what is owed of the boot before, and lets this one know of it. What is appended here may
   * be sent only when this boot's first checkpoint stands in the place of the other's: stopped hard
   * before, the next start makes the same events again, and they are in the spool already.
   */
  private void settle(PreviousBoot before, InstanceIdentity instance, Spool spool) {
    if (before.isOf(instance)) {
      spool.append(before.owed(where, factory, instance));
      pipeline.know(before.history());
    }
  }

  /**
   * Follows the boot to its end, or until {@link #stop}; the calling thread only waits.
   *
   * @throws IllegalStateException if a bug ended the reading; what was made until then is delivered
   *     or waits for the next start
   */
  public void run() throws InterruptedException {
    Thread reading = new Thread(this::read, "agent-reader");
    reading.start();
    try {
      reading.join();
      delivery.drain(stopping || failure.isPresent());
      outlet.ifPresent(to -> to.mailbox().answer());
      if (failure.isPresent()) {
        throw new IllegalStateException(
            "the reader failed, this is a bug; the next start goes on", failure.get());
      }
    } finally {
      ended.countDown();
    }
  }

  private void read() {
    try {
      followBoot();
      reader.closeMailbox();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = Optional.of(e); // Else the agent would end as if it had told its boot.
    } finally {
      outlet.ifPresent(to -> to.mailbox().close());
      end.close();
    }
  }

  private void followBoot() throws InterruptedException {
    while (!stopping) {
      AgentReader.Step step = reader.step();
      if (step == AgentReader.Step.OUTCOME_TOLD && !settings.untilStopped()) {
        return;
      }
      if (step != AgentReader.Step.MORE) {
        waker.await(reader.pause());
      }
    }
    reader.stop();
  }

  /**
   * Ends the agent in order: the outcome if the machine goes down, then what the spool still has,
   * as far as the time allows. Any thread; returns when it is done, at the latest after {@code
   * most}.
   */
  public void stop(Duration most) throws InterruptedException {
    stopping = true;
    waker.wake();
    delivery.hasten();
    if (!ended.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("stopped before all was delivered: what is left waits for the next start");
    }
  }

  @Override
  public void close() {
    reader.close();
    sinks.forEach(EventSink::close);
    state.close();
    try {
      waker.close();
    } catch (IOException e) {
      LOG.warn("folder watch: {}", e.toString());
    }
  }
}
