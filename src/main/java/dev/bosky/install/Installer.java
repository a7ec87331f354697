package dev.bosky.install;

import dev.bosky.config.Distribution;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts this very program on a machine, and takes it away again. One instance is for one thread. */
public final class Installer {
  private static final String EXTENSION_HEAD =
      "# Written by bosky install: what differs from machine to machine.\n[Service]\n";
  private static final String NEEDRESTART =
      """
      # It ends by itself, and a restart in the middle of a boot helps nobody.
      $nrconf{override_rc}{qr(^bosky\\.service$)} = 0;
      """;

  private final Places places;
  private final Accounts accounts;
  private final Distribution distribution;
  private final Report report;
  private final RunningAgent agent;

  /** Is told of each step. */
  public interface Report {
    /** A step that was not done yet, and is done now, or would be in a dry run. */
    void step(String says);

    /** What is left as it is, and why. */
    void note(String text);
  }

  /**
   * An installer of one tree into one machine.
   *
   * @param root {@code /}, or where an image is mounted
   */
  public Installer(Path root, Distribution distribution, Report report) {
    this.places = new Places(root);
    this.accounts = new Accounts(places);
    this.distribution = distribution;
    this.report = report;
    this.agent = new RunningAgent(places);
  }

  /**
   * What to install.
   *
   * @param project goes into the configuration file; none leaves that as it is
   * @param start starts the agent, without waiting for it
   * @param image removes what must not be in a machine image: state, waiting events, ids
   */
  public record Wish(Optional<String> project, boolean start, boolean image) {}

  /**
   * Installs; what is done already is left alone, so it may be called again, and after it was cut
   * short.
   *
   * @param dryRun only says what would be done
   * @throws IOException in words that name the step
   */
  public void install(Wish wish, boolean dryRun) throws IOException, InterruptedException {
    VersionFolder version = VersionFolder.of(places, distribution);
    List<Step> steps = new ArrayList<>();
    steps.add(version.copied());
    steps.add(link(places.current(), Path.of("versions", version.name())));
    steps.add(
        Step.of(
            "user " + Places.USER,
            () -> accounts.user(Places.USER).isPresent(),
            () -> accounts.create(Places.USER)));
    steps.add(folder(places.configFolder().resolve("patterns.d")));
    wish.project().ifPresent(project -> steps.add(setting(project)));
    steps.add(stateFolder());
    if (wish.image()) {
      steps.add(
          Step.of(
              "no state in " + shown(places.state()),
              () -> Disk.children(places.state()).isEmpty(),
              () -> {
                // One that runs would leave its state behind again as it ends.
                if (agent.isThere()) {
                  agent.stop();
                }
                Disk.empty(places.state());
              }));
    }
    addUnit(steps);
    boolean changed = !version.isCurrent();
    run(steps, dryRun);
    linkCommand(dryRun);
    if (changed && !dryRun) {
      version.removeOlder();
    }
    if (wish.start() && !agent.isEnough()) {
      report.step(agent.startSays(changed));
      if (!dryRun) {
        agent.start(changed);
      }
    }
  }

  /**
   * Takes all of it away; the running agent is stopped.
   *
   * @param purge the configuration, the state with what waits there, and the user too
   */
  public void uninstall(boolean purge, boolean dryRun) throws IOException, InterruptedException {
    List<Step> steps = new ArrayList<>();
    if (agent.isThere()) {
      steps.add(Step.of("stop the agent", () -> false, agent::stop));
    }
    for (Path path :
        List.of(
            places.wanted(),
            places.unitExtension().getParent(),
            places.unit(),
            places.needrestart())) {
      steps.add(removed(path));
    }
    if (Disk.leadsTo(places.command(), commandTarget())) {
      steps.add(removed(places.command()));
    }
    if (purge) {
      steps.add(removed(places.configFolder()));
      steps.add(removed(places.state()));
      steps.add(removed(places.detachedLog()));
      steps.add(
          Step.of(
              "no user " + Places.USER,
              () -> accounts.user(Places.USER).isEmpty(),
              () -> accounts.delete(Places.USER)));
    }
    addEmptyUnitFolders(steps);
    // The last: this program runs from there. What a package brought goes with the package.
    boolean packaged = Files.isDirectory(places.packaged());
    List<Path> rest =
        packaged ? List.of(places.current(), places.versions()) : List.of(places.at(Places.HOME));
    rest.forEach(path -> steps.add(removed(path)));
    run(steps, dryRun);
    if (packaged && !distribution.home().startsWith(places.packaged())) {
      report.note(shown(places.packaged()) + " is kept; it goes when the package is removed");
    }
    if (!purge && Disk.isPresent(places.state())) {
      report.note(shown(places.state()) + " and /etc/bosky are kept; --purge removes them");
    }
    if (places.hasSystemd() && !dryRun) {
      SystemCommand.run("systemctl", "daemon-reload");
    }
  }

  private void run(List<Step> steps, boolean dryRun) throws IOException, InterruptedException {
    for (Step step : steps) {
      if (step.isDone()) {
        continue;
      }
      if (!dryRun) {
        try {
          step.apply();
        } catch (AccessDeniedException e) {
          throw new IOException(step.says() + ": permission denied; run it as root", e);
        } catch (IOException e) {
          throw new IOException(step.says() + ": " + e.getMessage(), e);
        }
      }
      report.step(step.says());
    }
  }

  private void addUnit(List<Step> steps) throws IOException {
    Path shipped = distribution.home().resolve("systemd").resolve(Places.UNIT);
    List<Step> changes = new ArrayList<>();
    changes.add(file(places.unit(), Files.readString(shipped)));
    if (accounts.hasGroup(Places.LOG_GROUP)) {
      changes.add(
          file(
              places.unitExtension(),
              EXTENSION_HEAD + "SupplementaryGroups=" + Places.LOG_GROUP + "\n"));
    }
    changes.add(link(places.wanted(), Path.of("..", Places.UNIT)));
    boolean changed = false;
    for (Step change : changes) {
      changed |= !change.isDone();
    }
    steps.addAll(changes);
    if (Files.isDirectory(places.needrestart().getParent())) {
      steps.add(file(places.needrestart(), NEEDRESTART));
    }
    if (changed && places.hasSystemd()) {
      steps.add(
          Step.of(
              "systemctl daemon-reload",
              () -> false,
              () -> SystemCommand.run("systemctl", "daemon-reload")));
    }
  }

  /** Where {@code /usr} is read-only, or the name is taken, the agent works all the same. */
  private void linkCommand(boolean dryRun) throws InterruptedException {
    try {
      if (Disk.isPresent(places.command()) && !Disk.leadsInto(places.command(), Places.HOME)) {
        report.note(shown(places.command()) + " is another file, and stays");
        return;
      }
      run(List.of(link(places.command(), commandTarget())), dryRun);
    } catch (IOException e) {
      report.note(
          "no command in /usr/local/bin (%s): call %s"
              .formatted(e.getMessage(), Places.HOME + "/current/bin/bosky"));
    }
  }

  private Step setting(String project) {
    ProjectSetting setting = new ProjectSetting(places.config(), project);
    return Step.of("project in " + shown(places.config()), setting::isDone, setting::apply);
  }

  private Step stateFolder() {
    Path state = places.state();
    return Step.of(
        "folder %s of user %s".formatted(shown(state), Places.USER),
        () -> {
          Optional<Accounts.User> user = accounts.user(Places.USER);
          return Files.isDirectory(state) && user.isPresent() && Accounts.owns(user.get(), state);
        },
        () -> {
          Accounts.User user = accounts.user(Places.USER).orElseThrow();
          Disk.makeFolder(state, "rwx------");
          for (Path path : Disk.tree(state)) {
            Accounts.give(user, path);
          }
        });
  }

  private Step folder(Path folder) {
    return Step.of(
        "folder " + shown(folder),
        () -> Files.isDirectory(folder),
        () -> Disk.makeFolder(folder, "rwxr-xr-x"));
  }

  private Step file(Path file, String content) {
    return Step.of(shown(file), () -> Disk.holds(file, content), () -> Disk.write(file, content));
  }

  private Step link(Path link, Path target) {
    return Step.of(
        "link %s to %s".formatted(shown(link), target),
        () -> Disk.leadsTo(link, target),
        () -> Disk.link(link, target));
  }

  private Step removed(Path path) {
    return Step.of(
        "remove " + shown(path), () -> !Disk.isPresent(path), () -> Disk.deleteTree(path));
  }

  /** As {@code systemctl disable} does it: no folder stays that has nothing in it. */
  private void addEmptyUnitFolders(List<Step> steps) {
    for (Path folder : places.unitFolders()) {
      steps.add(
          Step.of(
              "remove " + shown(folder),
              () -> !Files.isDirectory(folder) || !Disk.children(folder).isEmpty(),
              () -> Files.delete(folder)));
    }
  }

  private static Path commandTarget() {
    return Path.of(Places.HOME, "current", "bin", "bosky");
  }

  /** As the machine itself will see it. */
  private String shown(Path path) {
    return "/" + places.root().relativize(path);
  }
}
