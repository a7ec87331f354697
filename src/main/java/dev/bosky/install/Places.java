package dev.bosky.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where things lie on a machine.
 *
 * @param root {@code /}, or where the image of a machine is mounted
 */
record Places(Path root) {
  /** As the machine itself sees them: the targets of links, and the words of the unit. */
  static final String HOME = "/opt/bosky";

  static final String UNIT = "bosky.service";
  static final String USER = "bosky";

  /** Gives the agent the output log where that belongs to a group; not on every system. */
  static final String LOG_GROUP = "adm";

  /** Whether this is the running machine, whose systemd and users can be spoken to. */
  boolean isLive() {
    return root.equals(Path.of("/"));
  }

  /** Whether systemd is the first process. */
  boolean hasSystemd() {
    return isLive() && Files.isDirectory(at("/run/systemd/system"));
  }

  Path at(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  Path versions() {
    return at(HOME).resolve("versions");
  }

  /** What a package brought; its manager's to change and to remove. */
  Path packaged() {
    return at(HOME).resolve("package");
  }

  Path current() {
    return at(HOME).resolve("current");
  }

  Path command() {
    return at("/usr/local/bin/bosky");
  }

  Path state() {
    return at("/var/lib/bosky");
  }

  Path configFolder() {
    return at("/etc/bosky");
  }

  Path config() {
    return configFolder().resolve("bosky.yaml");
  }

  Path unit() {
    return at("/etc/systemd/system").resolve(UNIT);
  }

  /** What differs from machine to machine, so that the unit itself does not. */
  Path unitExtension() {
    return at("/etc/systemd/system").resolve(UNIT + ".d").resolve("10-machine.conf");
  }

  /** What {@code systemctl enable} would make. */
  Path wanted() {
    return at("/etc/systemd/system/sysinit.target.wants").resolve(UNIT);
  }

  /** Where {@link #wanted} lies, innermost first: not there where systemd was never installed. */
  List<Path> unitFolders() {
    Path units = unit().getParent();
    return List.of(wanted().getParent(), units, units.getParent());
  }

  /** What an agent says that no systemd runs. */
  Path detachedLog() {
    return at("/var/log/bosky.log");
  }

  /** needrestart restarts services whose libraries changed, unless it is told not to. */
  Path needrestart() {
    return at("/etc/needrestart/conf.d/bosky.conf");
  }
}
