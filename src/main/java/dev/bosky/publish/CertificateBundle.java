package dev.bosky.publish;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts what the certificates of a PEM file vouch for, and nothing else.
 *
 * <p>An operating system's file has some 140 certificates, and to read them all takes longer than a
 * whole request. So a server's chain is first held against those only that have the name of an
 * issuer in the chain; if they do not vouch for it, against all. Either is Java's own check, and
 * the few never vouch for what all would not.
 *
 * <p>Any thread.
 */
final class CertificateBundle extends X509ExtendedTrustManager {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  /** Each certificate's bytes, a character a byte. */
  private final List<String> certificates;

  private CertificateBundle(List<String> certificates) {
    this.certificates = certificates;
  }

  /**
   * Reads the file.
   *
   * @throws GeneralSecurityException if there is no certificate in it
   */
  static CertificateBundle read(Path file) throws IOException, GeneralSecurityException {
    List<String> certificates = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      try {
        byte[] bytes = Base64.getMimeDecoder().decode(block.group(1));
        certificates.add(new String(bytes, StandardCharsets.ISO_8859_1));
      } catch (IllegalArgumentException e) {
        throw new CertificateException("certificate " + (certificates.size() + 1) + " is cut", e);
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("no certificate in it");
    }
    return new CertificateBundle(certificates);
  }

  /** How a chain is checked against those who may vouch for it. */
  private interface Check {
    void by(X509ExtendedTrustManager trust) throws CertificateException;
  }

  private void check(X509Certificate[] chain, Check check) throws CertificateException {
    List<String> few = named(chain);
    if (!few.isEmpty() && few.size() < certificates.size()) {
      try {
        check.by(trusting(few));
        return;
      } catch (CertificateException e) {
        // All have the last word.
      }
    }
    check.by(trusting(certificates));
  }

  /** The certificates in which the name of an issuer occurs. */
  private List<String> named(X509Certificate[] chain) {
    List<String> names = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      byte[] issuer = certificate.getIssuerX500Principal().getEncoded();
      names.add(new String(issuer, StandardCharsets.ISO_8859_1));
    }
    return certificates.stream().filter(bytes -> names.stream().anyMatch(bytes::contains)).toList();
  }

  private static X509ExtendedTrustManager trusting(List<String> few) throws CertificateException {
    try {
      CertificateFactory reader = CertificateFactory.getInstance("X.509");
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (String bytes : few) {
        store.setCertificateEntry(
            "bundle-" + store.size(),
            reader.generateCertificate(
                new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1))));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
      throw new CertificateException("Java has no way to check certificates");
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read", e);
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, trust -> trust.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, trust -> trust.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, trust -> trust.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notAServer();
  }

  private static CertificateException notAServer() {
    return new CertificateException("Bosky is no TLS server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
