package dev.bosky.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.agent.ThisBoot;
import dev.bosky.config.ConfigException;
import dev.bosky.event.Event;
import dev.bosky.event.EventFactory;
import dev.bosky.event.Status;
import dev.bosky.identity.InstanceIdentity;
import dev.bosky.identity.ThisInstance;
import dev.bosky.json.JsonTree;
import dev.bosky.publish.Backoff;
import dev.bosky.publish.DeliveryOutcome;
import dev.bosky.publish.DirectDelivery;
import dev.bosky.publish.EventSink;
import dev.bosky.publish.SinkException;
import dev.bosky.spool.DeadLetter;
import dev.bosky.spool.Inbox;
import dev.bosky.spool.StateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one event by hand, past the agent: to EventBridge while the caller waits, or into the inbox
 * of the state folder if it could not be delivered in time. After a delivery, what earlier calls of
 * this instance left in the inbox goes too; an agent that takes it at the same moment sends the
 * same entry with the same id.
 */
final class OneEvent {
  /** How long a script is kept waiting for delivery; a request under way then is waited for. */
  static final Duration DELIVERY_TIME = Duration.ofSeconds(10);

  /** How long we wait for the metadata service to know the instance. */
  static final Duration IDENTITY_TIME = Duration.ofSeconds(3);

  private static final Duration IDENTITY_PAUSE = Duration.ofMillis(250);
  private static final Logger LOG = LoggerFactory.getLogger(OneEvent.class);

  private final Machine machine;
  private final GlobalOptions options;
  private final Wiring wiring;
  private final Inbox inbox;
  private final Path state;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * One call.
   *
   * @param state the state folder that the user named
   * @param out for what was sent
   * @param err for what went wrong
   */
  OneEvent(
      Machine machine,
      GlobalOptions options,
      Optional<Path> state,
      PrintWriter out,
      PrintWriter err) {
    this.machine = machine;
    this.options = options;
    this.wiring = new Wiring(machine, options);
    this.state = wiring.stateFolder(state);
    this.inbox = StateFolder.inboxOf(this.state);
    this.out = out;
    this.err = err;
  }

  /**
   * Sends it.
   *
   * @return the exit code
   * @throws ConfigException if instance or Region are not known
   * @throws IOException if the message is too long
   */
  int send(Status status, String text) throws IOException, InterruptedException {
    InstanceIdentity instance = identify(wiring.instance());
    try (EventSink sink = wiring.eventBridge()) {
      Event event = event(status, wiring.redactor().mask(text), instance);
      MessageText.checkSize(event);
      long until = machine.nanoTime().getAsLong() + DELIVERY_TIME.toNanos();
      DirectDelivery delivery =
          new DirectDelivery(
              sink,
              Backoff.DEFAULT,
              RandomGenerator.getDefault(),
              machine.nanoTime(),
              machine.pause());
      DeliveryOutcome outcome = delivery.deliver(event, DELIVERY_TIME);
      if (outcome instanceof DeliveryOutcome.Delivered delivered) {
        report(event, delivered);
        deliverKept(delivery, instance.instanceId().orElseThrow(), until);
        return ExitCode.DONE;
      }
      return notDelivered(event, outcome);
    }
  }

  /** Early in a boot the metadata service may need a moment. */
  private InstanceIdentity identify(ThisInstance instance) throws InterruptedException {
    long until = machine.nanoTime().getAsLong() + IDENTITY_TIME.toNanos();
    Optional<InstanceIdentity> found = instance.find();
    while (found.isEmpty()
        && instance.mayComeLater()
        && until - machine.nanoTime().getAsLong() > 0) {
      machine.pause().await(IDENTITY_PAUSE);
      found = instance.find();
    }
    return found.orElseThrow(
        () ->
            new ConfigException(
                "which instance is this? Neither cloud-init nor the metadata service tells:"
                    + " give --instance-id or set BOSKY_INSTANCE_ID"));
  }

  private Event event(Status status, String text, InstanceIdentity instance) {
    Instant now = machine.clock().instant();
    ThisBoot boot = wiring.boot();
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    long uptimeMillis = Duration.between(boot.bootStarted(), now).toMillis();
    block.put("UptimeSeconds", Math.round(uptimeMillis / 100.0) / 10.0);
    return new EventFactory(wiring.settings(""))
        .message(status, text, instance, boot.bootId(), block, now);
  }

  private void report(Event event, DeliveryOutcome.Delivered delivered) {
    if (options.format == GlobalOptions.Format.JSON) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("Id", event.id());
      json.put("EventId", delivered.receipt());
      out.println(JsonTree.text(json));
    } else if (!options.quiet) {
      out.println("sent " + event.status().label() + " event " + event.id());
    }
  }

  private int notDelivered(Event event, DeliveryOutcome outcome) {
    if (outcome instanceof DeliveryOutcome.Rejected no) {
      err.println("bosky: EventBridge refused the event: " + no.code() + ": " + no.text());
      return ExitCode.FAILED;
    }
    if (!(outcome instanceof DeliveryOutcome.Retryable later)) {
      throw new IllegalStateException("no such outcome: " + outcome);
    }
    if (later.code().equals(SinkException.Cause.CONFIGURATION.name())) {
      throw new ConfigException(later.text());
    }
    try {
      inbox.put(event);
    } catch (IOException e) {
      err.println(
          "bosky: not delivered: " + later.text() + "; and not kept: " + ErrorHandler.sentence(e));
      return ExitCode.FAILED;
    }
    err.println(
        "bosky: not delivered: "
            + later.text()
            + "; kept in "
            + state
            + " for the next agent or call");
    return ExitCode.KEPT;
  }

  /** What earlier calls could not deliver, as far as time allows; never another instance's. */
  private void deliverKept(DirectDelivery delivery, String instanceId, long until)
      throws InterruptedException {
    try {
      for (Inbox.Handed handed : inbox.list()) {
        Duration left = Duration.ofNanos(until - machine.nanoTime().getAsLong());
        if (left.isNegative()) {
          return;
        }
        boolean ours = handed.event().resources().contains(instanceId);
        if (ours && handed.onlyFor().isEmpty() && !settle(delivery, handed, left)) {
          return;
        }
      }
    } catch (IOException e) {
      // It is not ours to read, or an agent is at work on it.
      LOG.debug("inbox", e);
    }
  }

  /** Delivers or buries one; says whether it is worth going on. */
  private boolean settle(DirectDelivery delivery, Inbox.Handed handed, Duration most)
      throws IOException, InterruptedException {
    DeliveryOutcome outcome = delivery.deliver(handed.event(), most);
    if (outcome instanceof DeliveryOutcome.Retryable) {
      return false;
    }
    if (outcome instanceof DeliveryOutcome.Rejected no) {
      StateFolder.deadLettersOf(state)
          .add(
              new DeadLetter(
                  handed.event(),
                  delivery.sink().name(),
                  no.code(),
                  no.text(),
                  machine.clock().instant()));
    }
    inbox.remove(handed);
    return true;
  }
}
