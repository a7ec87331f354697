package dev.bosky.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The users and groups of the machine, or of an image that is mounted somewhere. */
final class Accounts {
  private static final String NO_SHELL = "/usr/sbin/nologin";

  private final Places places;

  Accounts(Places places) {
    this.places = places;
  }

  /**
   * A user's numbers.
   *
   * @param uid its own
   * @param gid its group's
   */
  record User(int uid, int gid) {}

  /** The user, if the machine has it in its own list. */
  Optional<User> user(String name) throws IOException {
    return entry("/etc/passwd", name)
        .map(fields -> new User(Integer.parseInt(fields.get(2)), Integer.parseInt(fields.get(3))));
  }

  boolean hasGroup(String name) throws IOException {
    return entry("/etc/group", name).isPresent();
  }

  /** Makes a user of the system, who cannot log in, with a group of the same name. */
  void create(String name) throws IOException, InterruptedException {
    if (places.isLive()) {
      SystemCommand.run(
          "useradd",
          "--system",
          "--user-group",
          "--no-create-home",
          "--home-dir",
          "/nonexistent",
          "--shell",
          NO_SHELL,
          name);
    } else {
      SystemCommand.run(
          "useradd",
          "--root",
          places.root().toString(),
          "--system",
          "--user-group",
          "--no-create-home",
          "--home-dir",
          "/nonexistent",
          "--shell",
          NO_SHELL,
          name);
    }
  }

  void delete(String name) throws IOException, InterruptedException {
    if (places.isLive()) {
      SystemCommand.run("userdel", name);
    } else {
      SystemCommand.run("userdel", "--root", places.root().toString(), name);
    }
  }

  /** Whether a file or folder belongs to the user. */
  static boolean owns(User user, Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(user.uid());
  }

  /** Gives a file or folder to the user. */
  static void give(User user, Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", user.uid(), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", user.gid(), LinkOption.NOFOLLOW_LINKS);
  }

  private Optional<List<String>> entry(String file, String name) throws IOException {
    try {
      return Files.readAllLines(places.at(file), UTF_8).stream()
          .filter(line -> line.startsWith(name + ":"))
          .map(line -> List.of(line.split(":", -1)))
          .filter(fields -> fields.size() > 3)
          .findFirst();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
