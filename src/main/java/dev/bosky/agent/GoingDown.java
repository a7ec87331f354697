package dev.bosky.agent;

import dev.bosky.boot.Interruption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the machine is going down, and why.
 *
 * <p>systemd's jobs tell what a SIGTERM means: a service that is only stopped or upgraded leaves
 * none for {@code shutdown.target}. Where there is no systemd to ask, a SIGTERM is taken for the
 * end. Why, EC2 tells, if it does: its notices are looked at every {@link #EVERY} on a thread of
 * its own, {@code bosky-end-notices}, until {@link #close}; where they cannot be had {@link
 * #MAX_FAILURES} times in a row, no more.
 */
public final class GoingDown implements EndOfMachine {
  /**
   * Where the service's own stop command leaves the word of systemd, which answers only to root.
   */
  private static final Path NOTE = Path.of("/run/bosky/going-down");

  /** EC2 advises to look so often. */
  static final Duration EVERY = Duration.ofSeconds(5);

  /** A service that is out of reach for two minutes, as in a container, stays so. */
  static final int MAX_FAILURES = 24;

  /** A SIGTERM leaves no time for a slow answer. */
  private static final Duration LAST_LOOK = Duration.ofMillis(400);

  private static final Logger LOG = LoggerFactory.getLogger(GoingDown.class);

  private final Notices notices;
  private final SystemdJobs jobs;
  private final ScheduledExecutorService looks;
  private final Future<?> regular;
  private volatile Optional<Interruption> announced = Optional.empty();
  private int failures;

  /** Where EC2's notices come from. */
  public interface Notices {
    /** There are none to be had: not on EC2, or the service is switched off. */
    Notices NONE = Optional::empty;

    /**
     * What is announced now.
     *
     * @throws IOException if it cannot be asked
     */
    Optional<Interruption> find() throws IOException;
  }

  /** Begins to look at the notices. */
  public GoingDown(Notices notices) {
    this(notices, new SystemdJobs(NOTE), EVERY);
  }

  GoingDown(Notices notices, SystemdJobs jobs, Duration every) {
    this.notices = notices;
    this.jobs = jobs;
    this.looks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "bosky-end-notices");
              thread.setDaemon(true);
              return thread;
            });
    this.regular =
        notices == Notices.NONE
            ? CompletableFuture.completedFuture(null)
            : looks.scheduleWithFixedDelay(
                this::lookOrGiveUp, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lookOrGiveUp() {
    look();
    if (failures >= MAX_FAILURES) {
      LOG.debug("end notices: out of reach, not looked at any more");
      regular.cancel(false);
    }
  }

  /** On the thread of the looks only. */
  private void look() {
    try {
      announced = notices.find();
      failures = 0;
    } catch (IOException e) {
      failures++;
      LOG.debug("end notices: {}", e.toString());
    }
  }

  boolean hasGivenUp() {
    return regular.isCancelled();
  }

  @Override
  public Optional<Interruption> announced() {
    return announced;
  }

  @Override
  public Optional<Interruption> cause() {
    return jobs.shutdown().map(way -> lastLook().orElse(way));
  }

  private Optional<Interruption> lastLook() {
    try {
      looks.submit(this::look).get(LAST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException | TimeoutException e) {
      LOG.debug("end notices: no last look: {}", e.toString());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look does not throw", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return announced;
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
