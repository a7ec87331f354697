package dev.bosky.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.event.Event;
import dev.bosky.json.JsonTree;
import dev.bosky.spool.DeadLetter;
import dev.bosky.spool.Inbox;
import dev.bosky.spool.Spooled;
import dev.bosky.spool.StateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bosky spool list}: looks only; the agent may be at work. */
@Command(
    name = "list",
    description = {
      "List the events in the state folder, a line each:",
      "  waiting  to be sent by the agent",
      "  inbox    left by a call of bosky that could not deliver, for the next agent or call",
      "  dead     refused by EventBridge for good, with the reason"
    })
final class SpoolListCommand implements Callable<Integer> {
  /** As much of an id as a person needs to name the event. */
  private static final int SHORT_ID = 12;

  private final Machine machine;
  private final GlobalOptions options;

  @Spec private CommandSpec spec;
  @Mixin private StateOption state;

  SpoolListCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = new Wiring(machine, options).stateFolder(state.path);
    List<Spooled> waiting = StateFolder.waitingIn(folder);
    List<Inbox.Handed> inbox = StateFolder.inboxOf(folder).list();
    List<DeadLetter> dead = StateFolder.deadLettersOf(folder).list();
    waiting.forEach(spooled -> print("waiting", spooled.event()));
    inbox.forEach(handed -> print("inbox", handed.event()));
    dead.forEach(this::print);
    if (options.format == GlobalOptions.Format.TEXT && !options.quiet) {
      out()
          .printf(
              "%s: %d waiting, %d in the inbox, %d dead%n",
              folder, waiting.size(), inbox.size(), dead.size());
    }
    return ExitCode.DONE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void print(String place, Event event) {
    if (options.format == GlobalOptions.Format.JSON) {
      out().println(json(place, event));
    } else {
      printLine(place, event);
    }
  }

  private void print(DeadLetter letter) {
    if (options.format == GlobalOptions.Format.JSON) {
      ObjectNode json = json("dead", letter.event());
      json.put("Sink", letter.sink());
      json.put("Code", letter.code());
      json.put("Reason", letter.reason());
      json.put("Refused", letter.time().toString());
      out().println(json);
    } else {
      printLine("dead", letter.event());
      out()
          .printf(
              "         refused by %s at %s: %s: %s%n",
              letter.sink(), letter.time(), letter.code(), letter.reason());
    }
  }

  private void printLine(String place, Event event) {
    String id = event.id();
    out()
        .printf(
            "%-8s %-8s %-8s %s %s %s%n",
            place,
            event.kind().label(),
            event.status().label(),
            event.time(),
            id.substring(0, Math.min(SHORT_ID, id.length())),
            summary(event));
  }

  private static ObjectNode json(String place, Event event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("Place", place);
    json.put("Id", event.id());
    json.put("Kind", event.kind().label());
    json.put("Status", event.status().label());
    json.put("Sequence", event.sequence());
    json.put("Time", event.time().toString());
    json.put("Summary", summary(event));
    return json;
  }

  private static String summary(Event event) {
    try {
      JsonNode detail = JsonTree.read(event.detail());
      return detail.path("Summary").asText(detail.path("Message").asText());
    } catch (JsonProcessingException e) {
      return "(no JSON)";
    }
  }
}
