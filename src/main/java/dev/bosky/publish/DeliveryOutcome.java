package dev.bosky.publish;

/** What became of one event of a request. */
public sealed interface DeliveryOutcome {
  /**
   * Taken for good.
   *
   * @param receipt the service's id for it, new at each try; empty where the sink gives none
   */
  record Delivered(String receipt) implements DeliveryOutcome {}

  /**
   * Not taken, but may be the next time.
   *
   * @param code the service's code, such as {@code ThrottlingException}
   * @param text why, in words; the same each time
   */
  record Retryable(String code, String text) implements DeliveryOutcome {}

  /** Will never be taken as it is. */
  record Rejected(String code, String text) implements DeliveryOutcome {}
}
