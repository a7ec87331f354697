package dev.bosky.publish;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * An HTTP endpoint on loopback that says byte for byte what it is told to, one answer a connection:
 * the JDK's own server writes a {@code Date} of its own.
 */
final class RawServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<String> answers;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  RawServer(String... answers) throws IOException {
    this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.answers = List.of(answers);
    Thread thread = new Thread(this::serve, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** The heads of the requests that came. */
  List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** An answer with this status line, headers and body. */
  static String answer(String status, String header, String body) {
    return "HTTP/1.1 %s\r\n%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, header, body.length(), body);
  }

  private void serve() {
    try {
      for (String answer : answers) {
        try (Socket client = socket.accept()) {
          requests.add(readRequest(new BufferedInputStream(client.getInputStream())));
          client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
          client.getOutputStream().flush();
        }
      }
    } catch (SocketException e) {
      // Closed by the test.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length:") + "content-length:".length();
    in.readNBytes(Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)).strip()));
    return lower;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
