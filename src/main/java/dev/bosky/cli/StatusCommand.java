package dev.bosky.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bosky.agent.BootStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bosky status}: looks only; the agent may be at work. */
@Command(
    name = "status",
    description = {
      "Show how far the agent is, from its state folder:",
      "what it has read, matched and sent, what waits, what is dead, and the verdict.",
      "Exit code 1 if no agent has left any state there."
    })
final class StatusCommand implements Callable<Integer> {
  private final Machine machine;
  private final GlobalOptions options;

  @Spec private CommandSpec spec;
  @Mixin private StateOption state;

  StatusCommand(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = new Wiring(machine, options).stateFolder(state.path);
    Optional<BootStatus> found = BootStatus.read(folder);
    if (found.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf(
              "bosky: %s: no agent has left state here; start one with 'bosky agent', or name"
                  + " another folder with --state%n",
              folder);
      return ExitCode.FAILED;
    }
    if (options.format == GlobalOptions.Format.JSON) {
      out().println(json(found.get()));
    } else {
      print(folder, found.get());
    }
    return ExitCode.DONE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void print(Path folder, BootStatus status) {
    PrintWriter out = out();
    out.printf("state    %s%n", folder);
    out.printf(
        "agent    %s%n",
        status.agent().isPresent()
            ? "runs as process " + status.agent().getAsLong()
            : "not running");
    out.printf("boot     %s of %s%n", status.bootId(), status.instanceId());
    out.printf("read     %d lines, %d bytes%n", status.readLines(), status.readBytes());
    out.printf("matched  %d lines, %d over the limits%n", status.matched(), status.suppressed());
    out.printf("sent     %d events%n", status.sent());
    out.printf("waiting  %d%n", status.waiting());
    out.printf("dead     %d%n", status.dead());
    out.printf("lost     %d%n", status.lost());
    out.printf("verdict  %s%n", status.verdict().isEmpty() ? "none yet" : status.verdict());
  }

  private static ObjectNode json(BootStatus status) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    status.agent().ifPresent(pid -> json.put("AgentProcess", pid));
    json.put("InstanceId", status.instanceId());
    json.put("BootId", status.bootId());
    json.put("ReadLines", status.readLines());
    json.put("ReadBytes", status.readBytes());
    json.put("Matched", status.matched());
    json.put("Suppressed", status.suppressed());
    json.put("Sent", status.sent());
    json.put("Waiting", status.waiting());
    json.put("Dead", status.dead());
    json.put("Lost", status.lost());
    if (!status.verdict().isEmpty()) {
      json.put("Verdict", status.verdict());
    }
    return json;
  }
}
