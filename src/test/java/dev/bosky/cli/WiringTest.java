package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bosky.config.ConfigException;
import dev.bosky.publish.EventBridgeSink;
import dev.bosky.publish.EventSink;
import dev.bosky.publish.LateSink;
import dev.bosky.publish.SinkException;
import dev.bosky.testing.Events;
import dev.bosky.testing.MetadataServer;
import dev.bosky.testing.TestMachine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {
  @TempDir Path root;

  private TestMachine machine;
  private GlobalOptions options;

  @BeforeEach
  void machine() {
    machine = new TestMachine(root);
    options = new GlobalOptions();
    options.bus = "default";
    options.tags = java.util.List.of("team");
  }

  @Test
  void eventBridgeOnceKnown_passesNothingBeforeTheRegionIsKnown() {
    EventSink sink = wiring().eventBridgeOnceKnown();

    assertInstanceOf(LateSink.class, sink);
    SinkException e = assertThrows(SinkException.class, () -> sink.send(Events.infos("a", 1)));
    assertEquals(SinkException.Cause.UNAVAILABLE, e.kind());
    assertEquals(
        "the Region to send to is not known yet: --region or AWS_REGION would name it",
        e.getMessage());
  }

  @Test
  void eventBridgeOnceKnown_opensAsSoonAsCloudInitHasWrittenItsData() {
    EventSink sink = wiring().eventBridgeOnceKnown();
    options.bus = "arn:aws:events:nowhere:123456789012:event-bus/x y";

    machine.file(
        "/run/cloud-init/instance-data.json",
        "{\"v1\": {\"instance_id\": \"i-0abc\", \"region\": \"eu-west-1\"}}");

    SinkException e = assertThrows(SinkException.class, () -> sink.send(Events.infos("a", 1)));
    assertEquals(SinkException.Cause.CONFIGURATION, e.kind(), "it was opened, with a wrong bus");
  }

  @Test
  void eventBridgeOnceKnown_opensAtOnceWhereTheRegionIsKnown() throws IOException {
    try (MetadataServer metadata = new MetadataServer()) {
      machine
          .variable("AWS_EC2_METADATA_DISABLED", "false")
          .variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.endpoint().toString());

      assertInstanceOf(EventBridgeSink.class, wiring().eventBridgeOnceKnown());
    }
  }

  @Test
  void eventBridge_asksNobodyAboutTheRegionOfALocalBus() throws IOException {
    try (MetadataServer metadata = new MetadataServer()) {
      machine
          .variable("AWS_EC2_METADATA_DISABLED", "false")
          .variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.endpoint().toString());
      options.endpointUrl = Optional.of(URI.create("http://127.0.0.1:1"));

      wiring().eventBridge();

      assertEquals(0, metadata.requests().size());
    }
  }

  @Test
  void eventBridge_tellsWhatCannotBeRight() {
    machine.variable("AWS_REGION", "eu-west-1").variable("HTTPS_PROXY", "://");

    ConfigException e = assertThrows(ConfigException.class, () -> wiring().eventBridge());
    assertEquals(1, e.getMessage().lines().count());
    machine.variable("HTTPS_PROXY", "").variable("AWS_EC2_METADATA_DISABLED", "no");
    machine.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", "here");
    e = assertThrows(ConfigException.class, () -> wiring().instance());
    assertEquals(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT: 'here' is no URL;"
            + " write one such as http://169.254.169.254",
        e.getMessage());
  }

  private Wiring wiring() {
    return new Wiring(machine.machine(), options);
  }
}
