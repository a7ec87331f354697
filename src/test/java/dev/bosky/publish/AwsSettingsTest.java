package dev.bosky.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

final class AwsSettingsTest {
  private static final URI AWS = URI.create("https://events.eu-west-1.amazonaws.com");

  private static AwsSettings from(String... namesAndValues) throws SinkException {
    Map<String, String> environment = new java.util.HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return AwsSettings.from(environment);
  }

  @Test
  void from_emptyEnvironmentSaysNothing() throws SinkException {
    AwsSettings none = from("AWS_REGION", "", "https_proxy", " ");

    assertEquals(Optional.empty(), none.region());
    assertEquals(Optional.empty(), none.endpoint());
    assertEquals(Optional.empty(), none.keys());
    assertEquals(Optional.empty(), none.proxyFor(AWS));
    assertEquals(false, none.fips());
  }

  @Test
  void from_readsAwsOwnVariables() throws SinkException {
    AwsSettings settings =
        from(
            "AWS_REGION", "eu-west-1",
            "AWS_DEFAULT_REGION", "us-east-1",
            "AWS_PROFILE", "ops",
            "AWS_USE_FIPS_ENDPOINT", "true",
            "AWS_CA_BUNDLE", "/etc/ca.pem",
            "AWS_ACCESS_KEY_ID", "a",
            "AWS_SECRET_ACCESS_KEY", "s",
            "AWS_SESSION_TOKEN", "t");

    assertEquals(Optional.of("eu-west-1"), settings.region());
    assertEquals(Optional.of("ops"), settings.profile());
    assertTrue(settings.fips());
    assertEquals(Optional.of(Path.of("/etc/ca.pem")), settings.caBundle());
    assertInstanceOf(AwsSessionCredentials.class, settings.keys().orElseThrow());
    assertEquals(Optional.of("us-east-1"), from("AWS_DEFAULT_REGION", "us-east-1").region());
  }

  @Test
  void from_theServicesOwnEndpointComesFirst() throws SinkException {
    String all = "http://localhost:4566";
    String own = "https://vpce-1.events.eu-west-1.vpce.amazonaws.com";

    assertEquals(Optional.of(URI.create(all)), from("AWS_ENDPOINT_URL", all).endpoint());
    assertEquals(
        Optional.of(URI.create(own)),
        from("AWS_ENDPOINT_URL", all, "AWS_ENDPOINT_URL_EVENTBRIDGE", own).endpoint());
    assertEquals(
        Optional.empty(),
        from("AWS_ENDPOINT_URL", all, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true").endpoint());
  }

  @Test
  void from_refusesWhatIsNoUrl_andNamesTheVariable() {
    SinkException e =
        assertThrows(SinkException.class, () -> from("AWS_ENDPOINT_URL", "localhost:4566"));

    assertEquals(
        "AWS_ENDPOINT_URL: expected a URL such as https://host:port, found \"localhost:4566\"",
        e.getMessage());
  }

  @Test
  void proxyFor_goesByTheSchemeOfTheEndpoint() throws SinkException {
    AwsSettings settings = from("HTTPS_PROXY", "http://secure:3128", "http_proxy", "plain:8080");

    assertEquals(Optional.of(URI.create("http://secure:3128")), settings.proxyFor(AWS));
    assertEquals(
        Optional.of(URI.create("http://plain:8080")),
        settings.proxyFor(URI.create("http://10.0.0.1:4566")));
  }

  @Test
  void proxyFor_leavesOutWhatNoProxyNames() throws SinkException {
    for (String noProxy :
        new String[] {
          "*",
          "amazonaws.com",
          ".amazonaws.com",
          "*.amazonaws.com",
          "localhost, EVENTS.eu-west-1.amazonaws.com"
        }) {
      AwsSettings settings = from("https_proxy", "http://p:1", "NO_PROXY", noProxy);
      assertEquals(Optional.empty(), settings.proxyFor(AWS), noProxy);
    }
    AwsSettings other = from("https_proxy", "http://p:1", "no_proxy", "naws.com,localhost");
    assertTrue(other.proxyFor(AWS).isPresent());
  }

  @Test
  void endpoint_isTheRegionsOwn_orFips_orTheOneGiven() throws SinkException {
    assertEquals(AWS, EventBridgeClients.endpoint(from(), "eu-west-1"));
    assertEquals(
        URI.create("https://events.cn-north-1.amazonaws.com.cn"),
        EventBridgeClients.endpoint(from(), "cn-north-1"));
    assertEquals(
        URI.create("https://events-fips.us-east-1.amazonaws.com"),
        EventBridgeClients.endpoint(from("AWS_USE_FIPS_ENDPOINT", "true"), "us-east-1"));
    SinkException both =
        assertThrows(
            SinkException.class,
            () ->
                EventBridgeClients.endpoint(
                    from("AWS_USE_FIPS_ENDPOINT", "true", "AWS_ENDPOINT_URL", "http://h:1"),
                    "us-east-1"));
    assertTrue(both.getMessage().contains("exclude each other"), both.getMessage());
  }
}
