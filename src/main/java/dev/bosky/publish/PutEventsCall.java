package dev.bosky.publish;

import dev.bosky.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * {@code PutEvents} over HTTP: one request and its answer, signed by the SDK's signer and sent by
 * its HTTP client.
 *
 * <p>Why not by the SDK's client for EventBridge: that takes ten times as long to start, half of
 * the memory of the whole agent, and a third of the archive, for one operation that is a few lines
 * of JSON. What is hard to get right (credentials, signature, TLS) is the SDK's here too.
 *
 * <p>Repeats nothing, but a handshake as {@link OneKeyShare} has it. One thread.
 */
final class PutEventsCall implements AutoCloseable {
  /** EventBridge answers with some hundred bytes an entry; what is longer is not its answer. */
  static final int MAX_ANSWER_BYTES = 1 << 20;

  private static final int OK = 200;

  private final SdkHttpClient http;
  private final OneKeyShare sockets;
  private final URI endpoint;
  private final String region;
  private final Duration most;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /** The time to sign with: the machine's, until the service's was learned. */
  private Clock clock = Clock.systemUTC();

  /**
   * A caller.
   *
   * @param http closed by {@link #close}
   * @param sockets which it connects by
   * @param most how long one call may take, however slowly its bytes come
   */
  PutEventsCall(
      SdkHttpClient http, OneKeyShare sockets, URI endpoint, String region, Duration most) {
    this.http = http;
    this.sockets = sockets;
    this.endpoint = endpoint;
    this.region = region;
    this.most = most;
  }

  /**
   * Sends the events in one request.
   *
   * @return what the answer says of each, in their order; fewer if it names fewer
   * @throws Refusal if the service refuses the request as a whole
   * @throws IOException if there is no answer, or none that can be read
   */
  List<PutEventsMessage.Result> put(List<Event> events, AwsCredentials credentials)
      throws IOException, Refusal {
    byte[] body = PutEventsMessage.request(events);
    ContentStreamProvider payload = ContentStreamProvider.fromByteArrayUnsafe(body);
    SignedRequest signed =
        signer.sign(
            sign ->
                sign.identity(credentials)
                    .request(request(body.length))
                    .payload(payload)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "events")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    HttpExecuteRequest request =
        HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(payload)
            .build();
    long start = System.nanoTime();
    try {
      return answer(http.prepareRequest(request), most);
    } catch (IOException e) {
      Duration left = most.minusNanos(System.nanoTime() - start);
      if (sockets.mayPassWithAll(e) && left.toMillis() > 0) {
        return answer(http.prepareRequest(request), left);
      }
      throw e;
    }
  }

  /** From now on signs with the time that the service told. */
  void setTime(Instant theirs) {
    Clock machine = Clock.systemUTC();
    clock = Clock.offset(machine, Duration.between(machine.instant(), theirs));
  }

  private SdkHttpRequest request(int length) {
    String path = endpoint.getRawPath();
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.POST)
        .uri(endpoint)
        .encodedPath(path == null || path.isEmpty() ? "/" : path)
        .putHeader("Content-Type", "application/x-amz-json-1.1")
        .putHeader("Content-Length", Integer.toString(length))
        .putHeader("X-Amz-Target", "AWSEvents.PutEvents")
        .build();
  }

  private List<PutEventsMessage.Result> answer(ExecutableHttpRequest request, Duration left)
      throws IOException, Refusal {
    AtomicBoolean givenUp = new AtomicBoolean();
    CompletableFuture<Void> watchdog =
        CompletableFuture.runAsync(
            () -> {
              givenUp.set(true);
              request.abort();
            },
            CompletableFuture.delayedExecutor(left.toMillis(), TimeUnit.MILLISECONDS));
    try {
      HttpExecuteResponse response = request.call();
      byte[] body = response.responseBody().isPresent() ? read(response) : new byte[0];
      if (response.httpResponse().statusCode() != OK) {
        throw PutEventsMessage.refusal(response.httpResponse(), body);
      }
      return PutEventsMessage.results(body);
    } catch (IOException | UncheckedIOException | SdkException e) {
      if (givenUp.get()) {
        throw new SocketTimeoutException("given up after " + most);
      }
      throw e instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
    } finally {
      watchdog.cancel(false);
    }
  }

  private static byte[] read(HttpExecuteResponse response) throws IOException {
    try (InputStream in = response.responseBody().orElseThrow()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(in.readNBytes(MAX_ANSWER_BYTES));
      if (in.read() >= 0) {
        throw new IOException("an answer of more than " + MAX_ANSWER_BYTES + " bytes");
      }
      return bytes.toByteArray();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
