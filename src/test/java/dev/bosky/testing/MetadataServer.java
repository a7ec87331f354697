package dev.bosky.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A metadata service on loopback that speaks version 2 as EC2's does: no value without a session
 * token, a token only by PUT with a lifetime, 404 for what is not there.
 *
 * <p>Its moods: {@link #notFoundFirst} (the first seconds of a boot), {@link #silent} (a container
 * behind a hop limit of 1: the request arrives, the answer does not). Notices of the spot and
 * auto-scaling services are values like the others.
 */
public final class MetadataServer implements AutoCloseable {
  private static final String TOKEN = "AQAEAtestTOKEN==";
  private static final String TTL_HEADER = "x-aws-ec2-metadata-token-ttl-seconds";
  private static final String TOKEN_HEADER = "x-aws-ec2-metadata-token";
  private static final String TAGS = "/latest/meta-data/tags/instance";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final Map<String, String> tags = new ConcurrentSkipListMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger notFoundLeft = new AtomicInteger();
  private volatile boolean silent;

  /** The service of instance {@code i-0abc}, a {@code t3.small} in {@code eu-west-1a}; no tags. */
  public MetadataServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
    value(
        "/latest/dynamic/instance-identity/document",
        """
        {
          "accountId" : "123456789012",
          "architecture" : "x86_64",
          "availabilityZone" : "eu-west-1a",
          "imageId" : "ami-0abc",
          "instanceId" : "i-0abc",
          "instanceType" : "t3.small",
          "kernelId" : null,
          "region" : "eu-west-1",
          "version" : "2017-09-30"
        }""");
    value("/latest/meta-data/instance-id", "i-0abc");
    value("/latest/meta-data/local-hostname", "ip-10-0-0-1.eu-west-1.compute.internal");
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public MetadataServer value(String path, String value) {
    values.put(path, value);
    return this;
  }

  /** Tags in the metadata; by default the instance was started without. */
  public MetadataServer tags(Map<String, String> instanceTags) {
    tags.putAll(instanceTags);
    return this;
  }

  /** The two-minute notice before a spot instance is taken back. */
  public MetadataServer spotNotice(String time) {
    return value(
        "/latest/meta-data/spot/instance-action",
        "{\"action\": \"terminate\", \"time\": \"" + time + "\"}");
  }

  /** What the auto-scaling group is about to do: {@code InService}, {@code Terminated}. */
  public MetadataServer targetLifecycleState(String state) {
    return value("/latest/meta-data/autoscaling/target-lifecycle-state", state);
  }

  /** So many requests, the token's among them, are answered with 404. */
  public MetadataServer notFoundFirst(int count) {
    notFoundLeft.set(count);
    return this;
  }

  /** From now on requests are taken and never answered; or answered again. */
  public MetadataServer silent(boolean yes) {
    silent = yes;
    return this;
  }

  /** Method and path of each request so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    if (silent) {
      awaitClose();
    } else if (notFoundLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      answer(exchange, 404, "");
    } else if (path.equals("/latest/api/token")) {
      token(exchange);
    } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst(TOKEN_HEADER))) {
      answer(exchange, 401, "");
    } else {
      String value = find(path);
      answer(exchange, value == null ? 404 : 200, value == null ? "" : value);
    }
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    String ttl = exchange.getRequestHeaders().getFirst(TTL_HEADER);
    if (!exchange.getRequestMethod().equals("PUT")) {
      answer(exchange, 405, "");
    } else if (ttl == null) {
      answer(exchange, 400, "");
    } else {
      exchange.getResponseHeaders().set(TTL_HEADER, ttl);
      answer(exchange, 200, TOKEN);
    }
  }

  private String find(String path) {
    if (path.startsWith(TAGS + "/")) {
      return tags.get(path.substring(TAGS.length() + 1));
    }
    if (path.equals(TAGS)) {
      return tags.isEmpty() ? null : String.join("\n", tags.keySet());
    }
    return values.get(path);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
