package dev.bosky.publish;

import dev.bosky.event.Event;
import java.util.List;

/**
 * A sink that can be opened only later: an agent that starts before the network may not know its
 * Region yet, and must read all the same. Until then nothing gets through, which keeps the events
 * where they are. Called by one thread.
 */
public final class LateSink implements EventSink {
  private final String name;
  private final Opener opener;
  private EventSink opened;

  /** Opens the sink behind. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Tries; called again for the next request if it fails.
     *
     * @throws SinkException if it cannot be opened (yet)
     */
    EventSink open() throws SinkException;
  }

  /**
   * A sink that opens with the first request that can be sent.
   *
   * @param name of the sink behind
   */
  public LateSink(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<DeliveryOutcome> send(List<Event> events) throws SinkException {
    if (opened == null) {
      opened = opener.open();
    }
    return opened.send(events);
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
