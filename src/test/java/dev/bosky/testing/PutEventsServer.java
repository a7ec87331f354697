package dev.bosky.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An endpoint on loopback that takes {@code PutEvents} and answers as told: a request that nothing
 * was told for is taken whole.
 */
public final class PutEventsServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<JsonNode> taken = new CopyOnWriteArrayList<>();

  private record Answer(int status, String body) {}

  private static final Answer TAKE = new Answer(0, "");

  public PutEventsServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next request is refused as a whole, so many times. */
  public PutEventsServer refuse(int times, int status, String code, String text) {
    ObjectNode body = JSON.createObjectNode().put("__type", code).put("message", text);
    for (int i = 0; i < times; i++) {
      answers.add(new Answer(status, body.toString()));
    }
    return this;
  }

  /** The next request's only entry is refused, under status 200. */
  public PutEventsServer refuseEntry(String code, String text) {
    ObjectNode body = JSON.createObjectNode().put("FailedEntryCount", 1);
    body.putArray("Entries").addObject().put("ErrorCode", code).put("ErrorMessage", text);
    answers.add(new Answer(200, body.toString()));
    return this;
  }

  /** The next request is taken, whatever is told for those after it. */
  public PutEventsServer takeOne() {
    answers.add(TAKE);
    return this;
  }

  /** From now on every request is taken. */
  public void forgive() {
    answers.clear();
  }

  /** The entries taken so far, as they were on the wire. */
  public List<JsonNode> taken() {
    return List.copyOf(taken);
  }

  /** The details of the entries taken so far. */
  public List<JsonNode> details() throws IOException {
    List<JsonNode> details = new CopyOnWriteArrayList<>();
    for (JsonNode entry : taken) {
      details.add(JSON.readTree(entry.path("Detail").textValue()));
    }
    return details;
  }

  private void handle(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
    Answer told = answers.isEmpty() ? TAKE : answers.remove();
    Answer answer = told.equals(TAKE) ? take(request) : told;
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Answer take(JsonNode request) {
    ObjectNode body = JSON.createObjectNode().put("FailedEntryCount", 0);
    for (JsonNode entry : request.path("Entries")) {
      taken.add(entry);
      body.withArray("Entries").addObject().put("EventId", "event-" + taken.size());
    }
    return new Answer(200, body.toString());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
