package dev.bosky.testing;

import java.io.IOException;
import java.nio.file.Path;

/** A key store with a certificate of its own making for 127.0.0.1, made by {@code keytool}. */
public final class TestKeyStore {
  public static final String PASSWORD = "changeit";

  private TestKeyStore() {}

  /** Makes it in that folder; serves as key store of a server and as trust store of its clients. */
  public static Path in(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("bus.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "bus",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost")
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + output);
    }
    return file;
  }
}
