package dev.bosky.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

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

  /** Writes its certificate beside it, as a bundle of authorities has it. */
  public static Path certificateOf(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return Files.writeString(
        keyStore.resolveSibling("bus.pem"),
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(lines.encodeToString(keys.getCertificate("bus").getEncoded())));
  }
}
