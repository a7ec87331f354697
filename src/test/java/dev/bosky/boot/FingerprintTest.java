package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static String of(String text) {
    return Fingerprint.of(Verdict.FAIL, "apt/x", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cannot reach 10.0.0.5:8080 | cannot reach 10.0.17.201:8080
          cannot reach fe80::1:2:3 | cannot reach fe80::b044:66ff:fe4a:af4b
          unable to resolve host ip-10-0-0-5 | unable to resolve host ip-172-31-4-99
          i-0abc12345678def90 is not ready | i-0123456789abcdef0 is not ready
          request 3f2b8c1e-0001-4a2b-9c3d-aabbccddeeff failed | request 00112233-4455-6677-8899-aabbccddeeff failed
          2026-11-22 12:11:50 ERROR 404: Not Found. | 2027-01-02 03:04:05 ERROR 404: Not Found.
          2026-11-22T12:11:50.123Z boom | 2027-01-02T03:04:05.9Z boom
          Nov 22 12:11:50 app: boom | Dec  1 03:04:05 app: boom
          part-001: line 17: docker: command not found | part-001: line 18: docker: command not found
          cat: /tmp/tmp.Ab12Cd34Ef/site.conf: No such file | cat: /tmp/tmp.Zz98Yy76Xx/site.conf: No such file
          open /var/lib/cloud/instances/i-0abc12345678def90/scripts/x | open /var/lib/cloud/instances/i-0123456789abcdef0/scripts/x
          Killed process 120 (python3) | Killed process 4711 (python3)
          fault at 0x7f3a9c0012ab | fault at 0x7f11223344cd
          E: Unable to locate package foo | E:  Unable to locate package   foo
          """)
  void of_agreesOnLikeFailures(String one, String other) {
    assertEquals(
        of(one), of(other), () -> Fingerprint.masked(one) + " / " + Fingerprint.masked(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          E: Unable to locate package foo | E: Unable to locate package bar
          cat: /etc/nginx/nginx.conf: No such file | cat: /etc/php/php.ini: No such file
          docker: command not found | podman: command not found
          Could not resolve host: a.example.com | Could not resolve host: b.example.com
          curl: Connection refused | curl: Connection timed out
          Unit haproxy.service not found. | Unit nginx.service not found.
          No module named 'boto3' | No module named 'requests'
          """)
  void of_tellsOtherFailuresApart(String one, String other) {
    assertNotEquals(of(one), of(other));
  }

  @Test
  void of_tellsVerdictsAndMarkersApart() {
    assertNotEquals(
        Fingerprint.of(Verdict.FAIL, "apt/x", "boom"),
        Fingerprint.of(Verdict.TIMEOUT, "apt/x", "boom"));
    assertNotEquals(
        Fingerprint.of(Verdict.FAIL, "apt/x", "boom"),
        Fingerprint.of(Verdict.FAIL, "dnf/x", "boom"));
  }

  @Test
  void of_looksAtTheDecisiveLineOnlyNotAtItsBlock() {
    assertEquals(of("ValueError: x\n  File \"a.py\""), of("ValueError: x\n  File \"b.py\""));
  }

  @Test
  void of_takesAnEmptyText() {
    assertEquals(of(""), of("  \n"));
    assertEquals(16, of("").length());
  }

  /** A log's line may be as long; Java's expressions take a place on the stack for each repeat. */
  @ParameterizedTest
  @ValueSource(strings = {"/a", "1.", "a: ", "a.", "a:", "f-", "E: ", "x=\"a\" "})
  void masked_takesTextOfWhateverLength(String piece) {
    String line = piece.repeat(100_000);
    assertNotEquals("", Fingerprint.masked(line));
    Words.isFailure(line);
    Words.beginning(line);
    assertEquals(of(line), of(line));
  }
}
