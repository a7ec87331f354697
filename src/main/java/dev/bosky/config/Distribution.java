package dev.bosky.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Manifest;

/**
 * The folder that Bosky was unpacked into: {@code bin/ lib/bosky.jar patterns/ cloud-config/}.
 *
 * @param home its path, absolute
 */
public record Distribution(Path home) {
  /** The system property that names the folder where it cannot be found beside the jar. */
  public static final String HOME_PROPERTY = "bosky.home";

  /** The manifest's entry for the commit. */
  private static final String COMMIT = "Implementation-Commit";

  public Distribution {
    home = home.toAbsolutePath().normalize();
  }

  /**
   * The folder that this very program runs from. The launcher names it: with the ahead-of-time
   * cache a class does not know its jar.
   */
  public static Distribution ofThisProgram() {
    Optional<String> named = Optional.ofNullable(System.getProperty(HOME_PROPERTY));
    if (named.isPresent()) {
      return new Distribution(Path.of(named.get()));
    }
    try {
      URI code = Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return of(Optional.empty(), Path.of(code));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own place is no path", e);
    }
  }

  /**
   * The folder named; else the one around {@code lib/bosky.jar}; else, where the classes are run as
   * Maven compiles them ({@code target/classes}), the project's own, which has the same folders.
   *
   * @param code the jar, or the folder with the classes
   */
  static Distribution of(Optional<String> named, Path code) {
    return new Distribution(
        named.map(Path::of).orElseGet(() -> code.toAbsolutePath().getParent().getParent()));
  }

  /** The shipped pattern files. */
  public Path patterns() {
    return home.resolve("patterns");
  }

  /** The shipped cloud-config files. */
  public Path cloudConfig() {
    return home.resolve("cloud-config");
  }

  /** The version in the jar's manifest; {@code development} where there is no jar. */
  public static String version() {
    return Optional.ofNullable(Distribution.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** The commit that the jar was built from; empty where there is no jar, or nobody knew. */
  public static Optional<String> commit() {
    try (InputStream in = Distribution.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
      return in == null
          ? Optional.empty()
          : Optional.ofNullable(new Manifest(in).getMainAttributes().getValue(COMMIT))
              .filter(commit -> !commit.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
