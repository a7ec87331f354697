package dev.bosky.agent;

import dev.bosky.event.Event;
import dev.bosky.event.Kind;
import dev.bosky.spool.Inbox;
import dev.bosky.spool.Spool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What calls of {@code bosky} leave for the agent: events that could not be sent, and messages from
 * which events are still to be made. Trouble with it is told once, and tried again at each look.
 * One thread at a time.
 */
final class Mailbox {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final Inbox inbox;
  private final HandOver handOver;
  private final Spool spool;
  private final String bootId;

  private boolean trouble;

  Mailbox(Inbox inbox, HandOver handOver, Spool spool, String bootId) {
    this.inbox = inbox;
    this.handOver = handOver;
    this.spool = spool;
    this.bootId = bootId;
  }

  /**
   * Puts into the spool what is there.
   *
   * @param ofThisBoot is shown what was sent by hand in this boot; what an earlier one left, and a
   *     dead letter that is tried again, is sent and says nothing of this boot
   * @return whether anything was there
   */
  boolean take(Consumer<Event> ofThisBoot) {
    List<Event> handed = new ArrayList<>();
    attempt(
        () -> {
          handed.addAll(inbox.moveInto(spool));
          handed.addAll(handOver.take());
        });
    handed.stream()
        .filter(event -> event.kind() == Kind.MESSAGE)
        .filter(event -> DetailBlocks.bootId(event).equals(bootId))
        .forEach(ofThisBoot);
    return !handed.isEmpty();
  }

  /** What was taken is on disk, and so is what follows from it. */
  void settle() {
    attempt(handOver::settle);
  }

  /** Tells the calls that wait what became of their events. */
  void answer() {
    attempt(handOver::answer);
  }

  /** Whether a call waits for its answer. */
  boolean isAwaited() {
    return handOver.isAwaited();
  }

  /** Lets calls send by themselves from now on. What is there by then has yet to be taken. */
  void close() {
    handOver.close();
  }

  private void attempt(Attempt attempt) {
    try {
      attempt.run();
      trouble = false;
    } catch (IOException e) {
      if (!trouble) {
        trouble = true;
        LOG.warn("inbox: {}; tried again at each look", e.toString());
      }
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }
}
