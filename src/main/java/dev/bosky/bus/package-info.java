/**
 * A local EventBridge: takes {@code PutEvents} on loopback as the AWS SDK and the {@code aws}
 * command send it, answers with AWS's limits and error codes, and tells which rules each event
 * would have met, by AWS's own rule engine.
 *
 * <p>Start with {@link dev.bosky.bus.LocalBus}. A request goes through {@code BusService} (who
 * sends, what for), {@code PutEvents} (each entry by itself), {@code EventEnvelope} (the event as
 * rules see it) and {@link dev.bosky.bus.RuleSet}; what came is kept in a {@code Journal} and
 * printed by {@link dev.bosky.bus.BusPrinter}. A {@link dev.bosky.bus.Fault} makes it misbehave on
 * purpose.
 *
 * <p>Why a part of the product and not of the tests: whoever writes a rule or a pattern file can
 * see on a laptop what would have arrived, and a test that posts with the {@code aws} command
 * proves that we speak the protocol and not only our client's dialect.
 *
 * <p>What it does not do: it checks a signature's form, date and key id, not its sum, and it
 * delivers to no target.
 */
package dev.bosky.bus;
