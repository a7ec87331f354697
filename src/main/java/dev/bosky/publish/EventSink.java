package dev.bosky.publish;

import dev.bosky.event.Event;
import java.util.List;

/** Where events leave. Called by one thread. */
public interface EventSink extends AutoCloseable {
  /** What it is called in logs, dead letters and the spool; the same after a restart. */
  String name();

  /** Does ahead of the first event what takes long, such as making connections' machinery. */
  default void prepare() {}

  /**
   * Sends these in one request.
   *
   * @param events at most {@link EventBridgeLimits#MAX_ENTRIES}, as {@link Batcher} picks them
   * @return what became of each, in their order
   * @throws SinkException if nothing got through
   */
  List<DeliveryOutcome> send(List<Event> events) throws SinkException;

  @Override
  default void close() {}
}
