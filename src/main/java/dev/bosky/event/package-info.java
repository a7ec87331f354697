/**
 * What is published. Start at {@link dev.bosky.event.EventFactory}.
 *
 * <p>Two steps, because the instance id may be known later than the line: a {@link
 * dev.bosky.event.Draft} is all that was known when the line was read, an {@link
 * dev.bosky.event.Event} is what goes on the wire, byte for byte, however often it is sent. The id
 * is a hash of instance, boot and where the event came from, so a reader that crashed and reads the
 * same line again makes the same event. {@code event.schema.json} beside this package's resources
 * describes the detail; {@code bosky schema} prints it.
 */
package dev.bosky.event;
