package dev.bosky.agent;

import dev.bosky.boot.Interruption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the machine is going down, and why; and whether cloud-init has died.
 *
 * <p>systemd's jobs tell what a SIGTERM means: a service that is only stopped or upgraded leaves
 * none for {@code shutdown.target}. Where there is no systemd to ask, a SIGTERM is taken for the
 * end. Why, EC2 tells, if it does: its notices are looked at every {@link #EVERY}; where they
 * cannot be had {@link #MAX_FAILURES} times in a row, no more. So often, too, systemd is asked
 * whether the unit of cloud-init's last stage has failed.
 *
 * <p>Looks on a thread of its own, {@code bosky-end-watch}, until {@link #close}.
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

  /** A unit that failed may yet write its result.json, or be started again: looked at twice. */
  private static final int SURE = 2;

  /** A SIGTERM leaves no time for a slow answer. */
  private static final Duration LAST_LOOK = Duration.ofMillis(400);

  private static final Logger LOG = LoggerFactory.getLogger(GoingDown.class);

  private final Notices notices;
  private final SystemdJobs jobs;
  private final ScheduledExecutorService looks;
  private final Future<?> regular;
  private volatile Optional<Interruption> announced = Optional.empty();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger failedLooks = new AtomicInteger();

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

  /** Begins to look. */
  public GoingDown(Notices notices) {
    this(notices, new SystemdJobs(NOTE), EVERY);
  }

  GoingDown(Notices notices, SystemdJobs jobs, Duration every) {
    this.notices = notices;
    this.jobs = jobs;
    this.looks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "bosky-end-watch");
              thread.setDaemon(true);
              return thread;
            });
    this.regular =
        looks.scheduleWithFixedDelay(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (!hasGivenUp()) {
      lookAtNotices();
    }
    if (jobs.stagesFailed() && jobs.shutdown().isEmpty()) {
      failedLooks.incrementAndGet();
    } else {
      failedLooks.set(0);
    }
  }

  /** On the thread of the looks only. */
  private void lookAtNotices() {
    try {
      announced = notices.find();
      failures.set(0);
    } catch (IOException e) {
      failures.incrementAndGet();
      LOG.debug("end notices: {}", e.toString());
    }
  }

  boolean hasGivenUp() {
    return failures.get() >= MAX_FAILURES;
  }

  @Override
  public boolean stagesGone() {
    return failedLooks.get() >= SURE;
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
      looks.submit(this::lookAtNotices).get(LAST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
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
    regular.cancel(true);
    looks.shutdownNow();
  }
}
