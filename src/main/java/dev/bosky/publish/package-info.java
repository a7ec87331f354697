/**
 * The way out: from the spool to the sinks.
 *
 * <p>Start with {@link dev.bosky.publish.Publisher}, the loop; {@link
 * dev.bosky.publish.EventBridgeSink} knows the service and its errors, {@link
 * dev.bosky.publish.JsonLinesSink} writes lines. {@link dev.bosky.publish.DirectDelivery} sends one
 * event without a spool.
 *
 * <p>Why the SDK's own retries are off: it repeats a request as a whole, and cannot know that most
 * of its entries were taken; and a wait inside a request delays the outcome behind it.
 */
package dev.bosky.publish;
