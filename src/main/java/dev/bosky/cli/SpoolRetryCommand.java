package dev.bosky.cli;

import dev.bosky.publish.Backoff;
import dev.bosky.publish.DeliveryOutcome;
import dev.bosky.publish.DirectDelivery;
import dev.bosky.publish.EventBridgeSink;
import dev.bosky.spool.DeadLetter;
import dev.bosky.spool.DeadLetters;
import dev.bosky.spool.Inbox;
import dev.bosky.spool.StateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code bosky spool retry}: tries dead letters again, once their reason is gone. An agent that is
 * running gets them; where none is, they are sent from here. A letter goes when its event is taken.
 */
@Command(
    name = "retry",
    description = {
      "Try dead letters again, once their reason is gone.",
      "A running agent gets them; where none runs they are sent from here."
    })
final class SpoolRetryCommand implements Callable<Integer> {
  private static final Duration DELIVERY_TIME = Duration.ofSeconds(10);

  private final Machine machine;
  private final GlobalOptions options;

  @Spec private CommandSpec spec;
  @Mixin private StateOption state;
  @Mixin private DeadLetterChoice choice;

  SpoolRetryCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Wiring wiring = new Wiring(machine, options);
    Path folder = wiring.stateFolder(state.path);
    DeadLetters dead = StateFolder.deadLettersOf(folder);
    List<DeadLetter> chosen = choice.from(dead, spec.commandLine());
    if (chosen.isEmpty()) {
      say("no dead letters in " + folder);
      return ExitCode.DONE;
    }
    if (StateFolder.agentIn(folder).isPresent()) {
      Inbox inbox = StateFolder.inboxOf(folder);
      for (DeadLetter letter : chosen) {
        dead.retry(letter, inbox);
      }
      say("handed to the running agent: " + chosen.size());
      return ExitCode.DONE;
    }
    try (EventBridgeSink sink = wiring.eventBridge()) {
      return send(chosen, dead, sink);
    }
  }

  private int send(List<DeadLetter> letters, DeadLetters dead, EventBridgeSink sink)
      throws IOException, InterruptedException {
    DirectDelivery delivery =
        new DirectDelivery(
            sink,
            Backoff.DEFAULT,
            RandomGenerator.getDefault(),
            machine.nanoTime(),
            machine.pause());
    PrintWriter err = spec.commandLine().getErr();
    int sent = 0;
    int exitCode = ExitCode.DONE;
    for (DeadLetter letter : letters) {
      DeliveryOutcome outcome = delivery.deliver(letter.event(), DELIVERY_TIME);
      if (outcome instanceof DeliveryOutcome.Delivered) {
        dead.drop(letter);
        sent++;
      } else if (outcome instanceof DeliveryOutcome.Rejected no) {
        dead.add(
            new DeadLetter(
                letter.event(), letter.sink(), no.code(), no.text(), machine.clock().instant()));
        err.println(
            "bosky: refused again: " + letter.event().id() + ": " + no.code() + ": " + no.text());
        exitCode = ExitCode.FAILED;
      } else if (outcome instanceof DeliveryOutcome.Retryable later) {
        err.println("bosky: not delivered: " + later.text() + "; the letters are kept");
        exitCode = ExitCode.KEPT;
        break;
      }
    }
    say("sent: " + sent);
    return exitCode;
  }

  private void say(String text) {
    if (!options.quiet) {
      spec.commandLine().getOut().println(text);
    }
  }
}
