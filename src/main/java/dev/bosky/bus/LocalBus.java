package dev.bosky.bus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An EventBridge endpoint on 127.0.0.1, for a laptop and for tests.
 *
 * <pre>
 * try (LocalBus bus = LocalBus.builder().rules(rules).start()) {
 *   // point a client at bus.endpoint() …
 *   ReceivedEvent first = bus.awaitEvents(1, Duration.ofSeconds(10)).get(0);
 *   first.rules();
 * }
 * </pre>
 *
 * <p>Safe for use by several threads; requests are answered by up to {@value #THREADS} at a time.
 * What was received is kept in memory, within bounds: see {@link #forgotten}.
 *
 * <p>A trap: the JDK's server delays each answer by about 40 ms (Nagle's algorithm against delayed
 * acknowledgement) unless {@code sun.net.httpserver.nodelay} is true when its first class is
 * loaded. This class sets it, which is in time if nothing else in the process made a server before;
 * otherwise start Java with {@code -Dsun.net.httpserver.nodelay=true}.
 */
public final class LocalBus implements AutoCloseable {
  /** Requests answered at a time; further ones wait. */
  static final int THREADS = 16;

  /** A longer body is answered with a bare 413. A request of 1 MB, escaped as JSON, is shorter. */
  static final int MAX_BODY_BYTES = 8 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(LocalBus.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final String NODELAY = "sun.net.httpserver.nodelay";

  static {
    if (System.getProperty(NODELAY) == null) {
      System.setProperty(NODELAY, "true");
    }
  }

  private final InstantSource clock;
  private final BusService service;
  private final Journal journal;
  private final FaultScript faults = new FaultScript();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads;
  private final HttpServer server;

  LocalBus(LocalBusBuilder settings) throws IOException {
    clock = settings.clock;
    service = new BusService(settings);
    journal = new Journal(settings.maxKeptBytes, settings.listener);
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), settings.port);
    if (settings.tls == null) {
      server = HttpServer.create(address, 0);
    } else {
      HttpsServer https = HttpsServer.create(address, 0);
      https.setHttpsConfigurator(new HttpsConfigurator(settings.tls));
      server = https;
    }
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "bus-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** A bus on a free port that knows only the bus {@code default} and has no rules. */
  public static LocalBusBuilder builder() {
    return new LocalBusBuilder();
  }

  /** What a client's {@code --endpoint-url} has to be. */
  public URI endpoint() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * The next requests misbehave, one fault each, in this order; the ones after are normal again.
   */
  public LocalBus faults(Fault... next) {
    faults.add(List.of(next));
    return this;
  }

  /** Every request misbehaves, once the ones before it in the script have, until {@link #heal}. */
  public LocalBus always(Fault fault) {
    faults.always(fault);
    return this;
  }

  /** From now on no request misbehaves. */
  public LocalBus heal() {
    faults.clear();
    return this;
  }

  /** The events taken so far, in order, those for unknown buses among them. */
  public List<ReceivedEvent> received() {
    return journal.events();
  }

  /** The requests answered or broken off so far, in order. */
  public List<BusRequest> requests() {
    return journal.requests();
  }

  /** How many requests are no longer kept because later ones needed the room. */
  public long forgotten() {
    return journal.forgotten();
  }

  /**
   * Waits until so many events were taken.
   *
   * @return all events taken so far
   * @throws TimeoutException if they do not come in time; it lists what did
   */
  public List<ReceivedEvent> awaitEvents(int count, Duration timeout)
      throws InterruptedException, TimeoutException {
    return awaitEvents(events -> events.size() >= count, timeout);
  }

  /** Waits until the events taken so far satisfy the condition. */
  public List<ReceivedEvent> awaitEvents(Predicate<List<ReceivedEvent>> condition, Duration timeout)
      throws InterruptedException, TimeoutException {
    journal.await(j -> condition.test(j.events()), timeout);
    return received();
  }

  /** Waits until so many requests were answered or broken off. */
  public List<BusRequest> awaitRequests(int count, Duration timeout)
      throws InterruptedException, TimeoutException {
    journal.await(j -> j.requests().size() >= count, timeout);
    return requests();
  }

  /** Stops listening and breaks off what is under way. What was received stays readable. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    int number = requests.incrementAndGet();
    Optional<Fault> fault = faults.next();
    try {
      if (fault.orElse(null) instanceof Fault.HangUpBefore) {
        journal.add(BusRequest.brokenOff(number, clock.instant(), headers(exchange)));
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
      String id = UUID.randomUUID().toString();
      BusAnswer answer = answer(number, exchange, body, fault);
      BusRequest request = BusRequest.of(number, clock.instant(), headers(exchange), body, answer);
      if (fault.orElse(null) instanceof Fault.Slow slow) {
        closed.await(slow.delay().toNanos(), TimeUnit.NANOSECONDS);
      }
      // Kept before it is answered: who has the answer finds the request.
      journal.add(request);
      if (!(fault.orElse(null) instanceof Fault.HangUpAfter)) {
        send(exchange, id, answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("request {}: a fault of the local bus itself", number, e);
      send(exchange, "", new BusError(500, "InternalFailure", e.toString()).answer());
    } finally {
      exchange.close();
    }
  }

  private BusAnswer answer(int number, HttpExchange exchange, byte[] body, Optional<Fault> fault) {
    if (body.length > MAX_BODY_BYTES) {
      return BusAnswer.bare(413);
    }
    if (fault.orElse(null) instanceof Fault.Refuse refuse) {
      return refuse.answer();
    }
    Map<Integer, Fault.EntryError> failing =
        fault.orElse(null) instanceof Fault.FailEntries f ? f.errors() : Map.of();
    return service.answer(number, exchange.getRequestMethod(), headers(exchange), body, failing);
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    return headers;
  }

  private static void send(HttpExchange exchange, String requestId, BusAnswer answer)
      throws IOException {
    byte[] body = answer.bytes();
    if (body.length > 0) {
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    }
    exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
