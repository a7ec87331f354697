package dev.bosky.boot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the machine's disk tells about the user data: its scripts, and whether they ran.
 *
 * <p>Read anew at each call, since cloud-init writes the scripts in the middle of the boot. What
 * cannot be read is empty; nothing here throws. For the reader thread only.
 */
public interface UserData {
  /** Nothing can be read: in replay, or without permission. */
  UserData UNREADABLE =
      new UserData() {
        @Override
        public Optional<List<Script>> scripts() {
          return Optional.empty();
        }

        @Override
        public Optional<Boolean> ranSince(Instant bootBegan) {
          return Optional.empty();
        }

        @Override
        public Optional<Boolean> isFirstBoot(Instant bootBegan) {
          return Optional.empty();
        }

        @Override
        public Keys keys() {
          return Keys.UNKNOWN;
        }
      };

  /** The scripts that this boot's stages run, in the order in which they run; empty: unreadable. */
  Optional<List<Script>> scripts();

  /**
   * Whether the user data's scripts were run in the boot that began then; empty if that cannot be
   * told (yet).
   */
  Optional<Boolean> ranSince(Instant bootBegan);

  /**
   * Whether the boot that began then is the first of this instance (also of one made from an image
   * of another); empty if that cannot be told (yet).
   */
  Optional<Boolean> isFirstBoot(Instant bootBegan);

  /** What cloud-init makes of the top-level keys of the cloud-config. */
  Keys keys();

  /**
   * Top-level keys that cloud-init's own schema does not know.
   *
   * @param unknown in their order; empty if there are none, or nothing can be told
   * @param noneKnown true if not one of the keys is known: the user data does nothing
   */
  record Keys(List<String> unknown, boolean noneKnown) {
    static final Keys UNKNOWN = new Keys(List.of(), false);

    public Keys {
      unknown = List.copyOf(unknown);
    }
  }

  /** The script of that name. */
  default Optional<Script> script(String name) {
    return scripts().flatMap(all -> all.stream().filter(s -> s.name().equals(name)).findFirst());
  }

  /** Line {@code number} of that script, not masked. */
  default Optional<String> line(String script, OptionalInt number) {
    return number.isEmpty()
        ? Optional.empty()
        : script(script).flatMap(s -> s.line(number.getAsInt()));
  }
}
