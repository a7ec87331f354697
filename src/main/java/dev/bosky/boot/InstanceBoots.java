package dev.bosky.boot;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which boot of its instance a boot is, and whether the user data's scripts run in it: from what
 * earlier agents have kept and from what cloud-init has left on the disk. For the reader thread
 * only.
 */
final class InstanceBoots {
  private final BootSettings settings;
  private final UserData userData;
  private History history;

  InstanceBoots(BootSettings settings, UserData userData, History history) {
    this.settings = settings;
    this.userData = userData;
    this.history = history;
  }

  History history() {
    return history;
  }

  void restore(History kept) {
    history = kept;
  }

  /** In replay another boot follows the one that ended so. */
  void next(Optional<Verdict> ended) {
    history =
        new History(
            history.number(),
            history.firstVerdict().or(() -> ended),
            ended.filter(Verdict.INTERRUPTED::equals).isPresent());
  }

  /** Where the boot stands. */
  BootView view(BootFacts facts, OptionalDouble uptimeSeconds) {
    return new BootView(
        number(), ranUserData(facts), facts.stage, facts.script, uptimeSeconds, facts.cloudInit);
  }

  /** Kept once it is known: a later boot counts on from there. */
  private OptionalInt number() {
    if (history.number().isEmpty()
        && settings.live()
        && userData.isFirstBoot(settings.bootBegan()).orElse(false)) {
      history =
          new History(OptionalInt.of(1), history.firstVerdict(), history.previousInterrupted());
    }
    return history.number();
  }

  /**
   * That the scripts did not run is certain only once cloud-init has read this instance's user
   * data: before, the disk may show another instance's.
   */
  private Optional<Boolean> ranUserData(BootFacts facts) {
    if (!settings.live()) {
      return Optional.empty();
    }
    boolean read = facts.stage.filter(s -> s.compareTo(Stage.MODULES_CONFIG) >= 0).isPresent();
    return userData.ranSince(settings.bootBegan()).filter(ran -> ran || read || facts.result);
  }
}
