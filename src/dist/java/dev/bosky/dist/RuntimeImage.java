package dev.bosky.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Java runtime of the archive: the modules that Bosky uses, and nothing to develop with.
 *
 * @param home its folder
 */
record RuntimeImage(Path home) {
  /** {@code jdk.httpserver} is for {@code bosky bus} and {@code bosky demo}. */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "jdk.crypto.ec",
          "jdk.httpserver",
          "jdk.unsupported");

  /** What no call of Bosky opens: tools, and lists for those who link or archive classes. */
  private static final List<String> USELESS =
      List.of("bin/jwebserver", "bin/keytool", "bin/rmiregistry", "lib/classlist", "lib/jexec");

  /**
   * Who signs for AWS's endpoints, in China too. Java reads all of its own certificates in each process
   * that checks one server's, to see whether an authority of the public vouches for it
   * ({@code sun.security.util.AnchorCertificates}): with all 150 of them that is a tenth of a call. Bosky
   * trusts the operating system's, and these where there are none.
   */
  private static final Pattern AUTHORITIES = Pattern.compile("O=(?:Amazon|Starfield|DigiCert|Baltimore)");

  /**
   * Links it from the JDK's own run-time image; no jmods are needed.
   *
   * @param home a folder that is not there yet
   */
  static RuntimeImage link(Jdk jdk, Path home) throws IOException, InterruptedException {
    Run.command(
        home.getParent(),
        Map.of(),
        List.of(
            jdk.tool("jlink").toString(),
            "--add-modules",
            String.join(",", MODULES),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            // The archive compresses the whole, and better.
            "--compress",
            "zip-0",
            "--output",
            home.toString()));
    for (String name : USELESS) {
      Files.deleteIfExists(home.resolve(name));
    }
    keepAuthorities(home.resolve("lib/security/cacerts"));
    return new RuntimeImage(home);
  }

  /** In the form that they have; without salt, so that the same certificates are the same bytes. */
  private static void keepAuthorities(Path file) throws IOException {
    System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
    System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), (char[]) null);
      for (String alias : Collections.list(store.aliases())) {
        X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
        if (!AUTHORITIES.matcher(certificate.getSubjectX500Principal().getName()).find()) {
          store.deleteEntry(alias);
        }
      }
      if (store.size() == 0) {
        throw new BuildException(file + ": no authority that signs for AWS; the names have changed");
      }
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, store.getType().equals("PKCS12") ? null : "changeit".toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  Path java() {
    return home.resolve("bin/java");
  }

  /** All its classes as one jar, for a tool that cannot read a run-time image. */
  void writeClasses(Path jar) throws IOException {
    try (FileSystem image =
            FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()));
        JarWriter out = new JarWriter(jar);
        Stream<Path> modules = Files.list(image.getPath("/modules"))) {
      for (Path module : modules.sorted().toList()) {
        try (Stream<Path> files = Files.walk(module)) {
          for (Path file : files.filter(RuntimeImage::isClass).sorted().toList()) {
            out.add(module.relativize(file).toString(), Files.readAllBytes(file));
          }
        }
      }
    }
  }

  private static boolean isClass(Path file) {
    return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
  }
}
