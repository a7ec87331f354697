package dev.bosky.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers {@code PutEvents} on loopback as it is told to; after the last answer it takes all. */
final class PutEventsServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  /** One request as it came. */
  record Request(URI uri, java.util.Map<String, List<String>> headers, JsonNode body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }

    List<JsonNode> entries() {
      List<JsonNode> entries = new ArrayList<>();
      body.path("Entries").forEach(entries::add);
      return entries;
    }
  }

  /** What is done with one request. */
  interface Answer {
    void give(HttpExchange exchange, Request request) throws IOException;
  }

  PutEventsServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  PutEventsServer then(Answer answer) {
    answers.add(answer);
    return this;
  }

  /** This status and body; with the headers of an answer of AWS. */
  static Answer answers(int status, String body) {
    return (exchange, request) -> respond(exchange, status, body);
  }

  /** The request as a whole is refused with this code. */
  static Answer refuses(int status, String code, String text) {
    return answers(status, "{\"__type\":\"" + code + "\",\"message\":\"" + text + "\"}");
  }

  /** Takes all. */
  static Answer takes() {
    return (exchange, request) -> {
      StringBuilder entries = new StringBuilder();
      for (int i = 0; i < request.entries().size(); i++) {
        entries.append(i == 0 ? "" : ",").append("{\"EventId\":\"e-").append(i).append("\"}");
      }
      respond(exchange, 200, "{\"FailedEntryCount\":0,\"Entries\":[" + entries + "]}");
    };
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Request request =
        new Request(exchange.getRequestURI(), exchange.getRequestHeaders(), JSON.readTree(body));
    requests.add(request);
    Answer answer = answers.isEmpty() ? takes() : answers.pop();
    answer.give(exchange, request);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
