package dev.bosky.bus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a {@link LocalBus} is to be like; every setting has a default. */
public final class LocalBusBuilder {
  /** EventBridge's limit on the sum over a request's entries, since January 2026. */
  public static final int MAX_REQUEST_BYTES = 1 << 20;

  /** The limit before. */
  public static final int OLD_MAX_REQUEST_BYTES = 256 << 10;

  /** The account that events and ARNs name: the one of AWS's own examples. */
  static final String ACCOUNT = "123456789012";

  int port;
  Set<String> buses = new TreeSet<>(Set.of(BusService.DEFAULT_BUS));
  RuleSet rules = RuleSet.NONE;
  Optional<String> accessKeyId = Optional.empty();
  int maxRequestBytes = MAX_REQUEST_BYTES;
  long maxKeptBytes = 64L << 20;
  SSLContext tls;
  Consumer<BusRequest> listener = request -> {};
  InstantSource clock = InstantSource.system();

  LocalBusBuilder() {}

  /** The port to listen on; 0, the default, takes a free one. */
  public LocalBusBuilder port(int value) {
    port = value;
    return this;
  }

  /** Knows these buses too; {@code default} is always known. */
  public LocalBusBuilder buses(String... names) {
    buses.addAll(Set.of(names));
    return this;
  }

  /** Tells for each event which of these it met. */
  public LocalBusBuilder rules(RuleSet value) {
    rules = value;
    return this;
  }

  /** Takes only requests signed with this key id; by default any will do. */
  public LocalBusBuilder accessKeyId(String value) {
    accessKeyId = Optional.of(value);
    return this;
  }

  /** Refuses requests whose entries are larger than this together, as EventBridge counts. */
  public LocalBusBuilder maxRequestBytes(int value) {
    maxRequestBytes = value;
    return this;
  }

  /** Keeps so many bytes of requests (default 64 MiB); older ones are forgotten, and counted. */
  public LocalBusBuilder maxKeptBytes(long value) {
    maxKeptBytes = value;
    return this;
  }

  /** Is told each request once it is kept, one at a time; an exception of it is the bus's fault. */
  public LocalBusBuilder listener(Consumer<BusRequest> value) {
    listener = value;
    return this;
  }

  /** The time that signatures are held against and events without {@code Time} get. */
  public LocalBusBuilder clock(InstantSource value) {
    clock = value;
    return this;
  }

  /** Speaks HTTPS with the key of this key store. */
  public LocalBusBuilder tls(Path keyStore, String password)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
    try (InputStream in = Files.newInputStream(keyStore)) {
      keys.load(in, password.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password.toCharArray());
    tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return this;
  }

  /**
   * Starts listening.
   *
   * @throws IOException if the port is taken
   */
  public LocalBus start() throws IOException {
    return new LocalBus(this);
  }
}
