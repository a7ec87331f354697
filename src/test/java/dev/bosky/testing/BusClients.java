package dev.bosky.testing;

import dev.bosky.bus.LocalBus;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** The AWS SDK's own client, pointed at a local bus. */
public final class BusClients {
  private BusClients() {}

  /** Signs with key id {@code AKIDEXAMPLE} for {@code eu-west-1}; repeats nothing. */
  public static EventBridgeClient of(LocalBus bus) {
    return of(bus.endpoint());
  }

  /** The same for a bus in another process. */
  public static EventBridgeClient of(URI endpoint) {
    return EventBridgeClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(10)))
        .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }
}
