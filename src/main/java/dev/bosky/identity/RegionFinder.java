package dev.bosky.identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Finds the Region to send to, in the order of the AWS tools and then by the instance: option,
 * {@code AWS_REGION}, {@code AWS_DEFAULT_REGION}, the profile in AWS's configuration file, the
 * event bus where it is given as an ARN, the instance's own.
 */
public final class RegionFinder {
  private final Optional<String> option;
  private final Map<String, String> environment;
  private final String bus;
  private final IdentityProvider instance;

  /**
   * A finder for one run.
   *
   * @param option the Region that the user named
   * @param bus the event bus, a name or an ARN
   * @param instance asked only if nothing else says
   */
  public RegionFinder(
      Optional<String> option,
      Map<String, String> environment,
      String bus,
      IdentityProvider instance) {
    this.option = option;
    this.environment = Map.copyOf(environment);
    this.bus = bus;
    this.instance = instance;
  }

  /**
   * The Region's code, such as {@code eu-west-1}; empty if nothing says (yet).
   *
   * @throws IllegalArgumentException if AWS's configuration file cannot be understood, or the bus
   *     is in another Region; the message says so
   */
  public Optional<String> find() {
    return option
        .or(() -> variable("AWS_REGION"))
        .or(() -> variable("AWS_DEFAULT_REGION"))
        .or(this::profile)
        .or(this::regionOfBus)
        .or(() -> instance.find().flatMap(InstanceIdentity::region));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** The Region in {@code arn:aws:events:eu-west-1:123456789012:event-bus/name}. */
  private Optional<String> regionOfBus() {
    String[] parts = bus.split(":", -1);
    return bus.startsWith("arn:") && parts.length > 3 && !parts[3].isEmpty()
        ? Optional.of(parts[3])
        : Optional.empty();
  }

  private Optional<String> profile() {
    Optional<Path> file =
        variable("AWS_CONFIG_FILE")
            .map(Path::of)
            .or(() -> variable("HOME").map(home -> Path.of(home, ".aws", "config")))
            .filter(Files::isReadable);
    String name = variable("AWS_PROFILE").orElse("default");
    try {
      return file.map(
              path ->
                  ProfileFile.builder().type(ProfileFile.Type.CONFIGURATION).content(path).build())
          .flatMap(profiles -> profiles.profile(name))
          .flatMap(profile -> profile.property("region"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "AWS configuration file " + file.orElseThrow() + ": " + e.getMessage(), e);
    }
  }
}
