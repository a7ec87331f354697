package dev.bosky.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionFinderTest {
  private static final String ARN = "arn:aws:events:eu-north-1:123456789012:event-bus/boots";

  @TempDir Path home;

  private final Map<String, String> environment = new HashMap<>();

  @Test
  void find_goesFromTheOptionDownToTheInstance() throws IOException {
    assertEquals(Optional.empty(), find(Optional.empty(), "default", Optional.empty()));
    assertEquals(
        Optional.of("instance"), find(Optional.empty(), "default", Optional.of("instance")));
    assertEquals(Optional.of("eu-north-1"), find(Optional.empty(), ARN, Optional.of("instance")));

    profile("[default]\nregion = of-default\n[profile ops]\nregion = of-ops\n");
    assertRegion("of-default");
    environment.put("AWS_PROFILE", "ops");
    assertRegion("of-ops");
    environment.put("AWS_DEFAULT_REGION", "of-default-variable");
    assertRegion("of-default-variable");
    environment.put("AWS_REGION", "of-variable");
    assertRegion("of-variable");
    assertEquals(
        Optional.of("of-option"),
        find(Optional.of("of-option"), "default", Optional.of("instance")));
  }

  @Test
  void find_readsTheFileThatTheEnvironmentNames() throws IOException {
    Path file = Files.writeString(home.resolve("elsewhere"), "[default]\nregion = here\n");
    environment.put("AWS_CONFIG_FILE", file.toString());

    assertRegion("here");
  }

  @Test
  void find_managesWithoutHomeAndWithAProfileThatHasNoRegion() throws IOException {
    assertRegion("instance");
    profile("[default]\noutput = json\n");
    assertRegion("instance");
    environment.put("AWS_PROFILE", "nobody");
    assertRegion("instance");
    environment.put("AWS_REGION", "");
    assertRegion("instance");
  }

  @Test
  void find_tellsWhichFileItCannotUnderstand() throws IOException {
    profile("[default\nregion = x\n");

    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> find(Optional.empty(), "default", Optional.empty()));

    assertTrue(
        e.getMessage().startsWith("AWS configuration file " + home.resolve(".aws/config") + ": "),
        e.getMessage());
  }

  private void assertRegion(String expected) {
    assertEquals(Optional.of(expected), find(Optional.empty(), "default", Optional.of("instance")));
  }

  private Optional<String> find(
      Optional<String> option, String bus, Optional<String> regionOfInstance) {
    InstanceIdentity base = InstanceIdentity.of("i-0abc");
    InstanceIdentity identity =
        new InstanceIdentity(
            base.instanceId(),
            regionOfInstance,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    return new RegionFinder(option, environment, bus, () -> Optional.of(identity)).find();
  }

  private void profile(String text) throws IOException {
    environment.put("HOME", home.toString());
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), text);
  }
}
