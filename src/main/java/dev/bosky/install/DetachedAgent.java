package dev.bosky.install;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An agent where no systemd is there to run one: a process that outlives its caller. */
final class DetachedAgent {
  private static final String LOG = "/var/log/bosky.log";

  private DetachedAgent() {}

  /**
   * Starts the agent and does not wait for it. It inherits nothing of the caller: neither its
   * output, which may be the very log that the agent reads, nor its session.
   */
  static void start(Places places) throws IOException {
    List<String> command = new ArrayList<>();
    SystemCommand.find("setsid").ifPresent(command::add);
    command.addAll(List.of(places.current().resolve("bin/bosky").toString(), "agent"));
    File log = places.at(LOG).toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .redirectErrorStream(true);
    builder.start();
  }
}
