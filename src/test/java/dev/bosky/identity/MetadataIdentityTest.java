package dev.bosky.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bosky.testing.MetadataServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetadataIdentityTest {
  private static final Set<String> TAGS = Set.of("team", "service", "env", "Name");
  private static final String TAGS_PATH = "/latest/meta-data/tags/instance";

  private MetadataServer server;
  private MetadataService service;

  @BeforeEach
  void start() throws IOException {
    server = new MetadataServer();
    service = new MetadataService(server.endpoint(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    service.close();
    server.close();
  }

  @Test
  void find_readsTheDocumentTheHostNameAndTheAllowedTags() {
    server.tags(
        Map.of("team", "payments", "cost-center", "4711", "aws:autoscaling:groupName", "pay-web"));

    assertEquals(
        Optional.of(
            new InstanceIdentity(
                Optional.of("i-0abc"),
                Optional.of("eu-west-1"),
                Optional.of("eu-west-1a"),
                Optional.of("123456789012"),
                Optional.of("t3.small"),
                Optional.of("ami-0abc"),
                Optional.of("ip-10-0-0-1.eu-west-1.compute.internal"),
                Optional.of("pay-web"),
                Map.of("team", "payments"))),
        provider().find());
    assertEquals(
        List.of(
            "PUT /latest/api/token",
            "GET /latest/dynamic/instance-identity/document",
            "GET /latest/meta-data/local-hostname",
            "GET " + TAGS_PATH,
            "GET " + TAGS_PATH + "/aws:autoscaling:groupName",
            "GET " + TAGS_PATH + "/team"),
        server.requests());
  }

  @Test
  void find_hasNoTagsWhereTheInstanceWasStartedWithout() {
    assertEquals(Map.of(), provider().find().orElseThrow().tags());
  }

  @Test
  void find_isEmptyUntilTheServiceIsReady() {
    server.notFoundFirst(2);
    MetadataIdentity provider = provider();

    assertEquals(Optional.empty(), provider.find());
    assertEquals(Optional.empty(), provider.find());
    assertEquals(Optional.of("i-0abc"), provider.find().orElseThrow().instanceId());
  }

  @Test
  void find_isEmptyWhereTheAnswerNeverArrives() {
    server.silent(true);

    try (MetadataService impatient =
        new MetadataService(server.endpoint(), Duration.ofMillis(100))) {
      assertEquals(Optional.empty(), new MetadataIdentity(impatient, TAGS).find());
    }
  }

  @Test
  void find_isEmptyForADocumentThatIsNone() {
    server.value("/latest/dynamic/instance-identity/document", "<html>");

    assertEquals(Optional.empty(), provider().find());
  }

  private MetadataIdentity provider() {
    return new MetadataIdentity(service, TAGS);
  }
}
