package dev.bosky.install;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.bosky.spool.StateFolder;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The agent of this machine: a unit of systemd, or, where there is no systemd to run one, a process
 * that outlives its caller.
 */
final class RunningAgent {
  private static final int SECONDS_TO_DIE = 2;

  private final Places places;

  RunningAgent(Places places) {
    this.places = places;
  }

  /** Whether there is one, or may be one. */
  boolean isThere() throws IOException {
    return places.hasSystemd()
        ? Disk.isPresent(places.unit())
        : places.isLive() && StateFolder.agentIn(places.state()).isPresent();
  }

  /**
   * Whether it is of no use to start one: where there is no systemd, an agent that runs goes on to
   * the end of its boot, and from an older version too.
   */
  boolean isEnough() throws IOException {
    return !places.hasSystemd() && isThere();
  }

  /**
   * What {@link #start} does, in words.
   *
   * @param anew an agent that runs is of another version
   */
  String startSays(boolean anew) {
    return places.hasSystemd()
        ? "systemctl %s --no-block %s".formatted(verb(anew), Places.UNIT)
        : "start the agent by itself: this machine has no systemd";
  }

  private static String verb(boolean anew) {
    return anew ? "restart" : "start";
  }

  /** Starts it. Never waits: this may run in a stage that the boot waits for. */
  void start(boolean anew) throws IOException, InterruptedException {
    if (places.hasSystemd()) {
      SystemCommand.run("systemctl", verb(anew), "--no-block", Places.UNIT);
    } else {
      startDetached();
    }
  }

  /**
   * It inherits nothing of the caller: neither its output, which may be the very log that the agent
   * reads, nor its session.
   */
  private void startDetached() throws IOException {
    List<String> command = new ArrayList<>();
    SystemCommand.find("setsid").ifPresent(command::add);
    command.addAll(List.of(places.current().resolve("bin/bosky").toString(), "agent"));
    new ProcessBuilder(command)
        .directory(new File("/"))
        .redirectInput(new File("/dev/null"))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(places.detachedLog().toFile()))
        .redirectErrorStream(true)
        .start();
  }

  /**
   * Ends it. A unit sends what it can first, and has its own limit for that; an agent by itself is
   * killed, because told to end it would say that the machine goes down.
   */
  void stop() throws IOException, InterruptedException {
    if (places.hasSystemd()) {
      SystemCommand.run("systemctl", "stop", Places.UNIT);
      return;
    }
    OptionalLong agent = StateFolder.agentIn(places.state());
    if (agent.isPresent()) {
      // Where the first process cares for no dead, as in a container, its number stays.
      ProcessHandle.of(agent.getAsLong())
          .filter(ProcessHandle::destroyForcibly)
          .ifPresent(
              killed -> killed.onExit().completeOnTimeout(killed, SECONDS_TO_DIE, SECONDS).join());
    }
  }
}
