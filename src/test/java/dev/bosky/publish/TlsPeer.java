package dev.bosky.publish;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A TLS server on loopback with a way of its own, that takes any request to EventBridge. Its groups
 * can be told from Java 20 on.
 *
 * @param tls with the server's key
 * @param way what it does
 * @param socket where it listens
 * @param seen a line for each thing that happened, in order
 */
record TlsPeer(SSLContext tls, Way way, ServerSocket socket, List<String> seen)
    implements AutoCloseable {

  /** What a peer does. */
  sealed interface Way {
    /** Speaks this version with these groups; through a tunnel if it is a proxy as well. */
    record Serve(String version, String[] groups, boolean proxy) implements Way {}

    /** Reads the first message and hangs up, so many times; then serves. */
    record HangUp(int times) implements Way {}

    /** Reads the request and hangs up. */
    record Swallow() implements Way {}
  }

  private static final String TAKEN = "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}";

  static TlsPeer start(SSLContext tls, Way way) throws IOException {
    ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    TlsPeer peer = new TlsPeer(tls, way, socket, new ArrayList<>());
    Thread thread = new Thread(peer::serve, "tls-peer");
    thread.setDaemon(true);
    thread.start();
    return peer;
  }

  /** What happened so far: what each connection offered or what it asked for. */
  List<String> history() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  private void note(String what) {
    synchronized (seen) {
      seen.add(what);
    }
  }

  private void serve() {
    for (int i = 0; !socket.isClosed(); i++) {
      try (Socket client = socket.accept()) {
        note("connection");
        if (way instanceof Way.HangUp hangUp && i < hangUp.times()) {
          note("hello with " + keyShares(new DataInputStream(client.getInputStream())));
        } else {
          answer(client);
        }
      } catch (IOException e) {
        // A client that went away, as is asked of it here, or the end.
      }
    }
  }

  private void answer(Socket client) throws IOException {
    if (way instanceof Way.Serve serve && serve.proxy()) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) client.getInputStream().read());
      }

      note("tunnel");
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }
    SSLSocket secure =
        (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), false);
    secure.setUseClientMode(false);
    if (way instanceof Way.Serve serve) {
      restrict(secure, serve);
    }
    secure.startHandshake();
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(secure.getInputStream(), StandardCharsets.ISO_8859_1));
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      in.read();
    }
    note("request");
    if (!(way instanceof Way.Swallow)) {
      String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s";
      byte[] bytes = answer.formatted(TAKEN.length(), TAKEN).getBytes(StandardCharsets.ISO_8859_1);
      secure.getOutputStream().write(bytes);
      secure.getOutputStream().flush();
    }
    secure.close();
  }

  private static void restrict(SSLSocket socket, Way.Serve to) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {to.version()});
    try {
      SSLParameters.class
          .getMethod("setNamedGroups", String[].class)
          .invoke(parameters, (Object) to.groups());
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
    socket.setSSLParameters(parameters);
  }

  /** The numbers of the groups of which the first message has a key, as RFC 8446 lays it out. */
  private static List<Integer> keyShares(DataInputStream in) throws IOException {
    in.skipNBytes(3);
    ByteBuffer hello = ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort()));
    hello.position(4 + 2 + 32);
    skip(hello, hello.get());
    skip(hello, hello.getShort());
    skip(hello, hello.get());
    hello.getShort();
    List<Integer> groups = new ArrayList<>();
    while (hello.hasRemaining()) {
      boolean isKeyShare = hello.getShort() == 51;
      int end = hello.getShort() + hello.position();
      if (isKeyShare) {
        hello.getShort();
        while (hello.position() < end) {
          groups.add((int) hello.getShort());
          skip(hello, hello.getShort());
        }
      }
      hello.position(end);
    }
    return groups;
  }

  private static void skip(ByteBuffer from, int bytes) {
    from.position(from.position() + bytes);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
