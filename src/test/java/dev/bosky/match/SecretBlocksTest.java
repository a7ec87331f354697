package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.bosky.boot.CleanLine;
import dev.bosky.testing.MadeUpSecrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretBlocksTest {
  private static final String BEGIN = "-----BEGIN RSA PRIVATE KEY-----";
  private static final String END = "-----END RSA PRIVATE KEY-----";

  private SecretBlocks blocks = new SecretBlocks();

  private CleanLine mask(String log, String text) {
    return blocks.mask(Lines.line(log, text, 0, 1));
  }

  @Test
  void mask_letsNoSecretOfSeveralLinesThrough() throws IOException {
    Redactor redactor = Redactor.standard();
    MadeUpSecrets secrets = new MadeUpSecrets(3);
    List<String> leaks = new ArrayList<>();

    for (String template : MadeUpSecrets.blocks("/dev/bosky/match/mask-blocks.txt")) {
      int before = secrets.count();
      for (String line : secrets.fill(template).split("\n")) {
        String masked = redactor.mask(mask(Marker.OUTPUT, line).text());
        if (!secrets.shownIn(masked, before, 5).isEmpty()) {
          leaks.add(line + " -> " + masked);
        }
      }
      mask(Marker.OUTPUT, "all is well");
    }

    assertEquals(List.of(), leaks);
  }

  @Test
  void mask_leavesALineThatIsInNoBlockAsItIs() {
    CleanLine line = Lines.line("MIIEowIBAAKCAQEA7bq");

    assertSame(line, blocks.mask(line));
  }

  @Test
  void mask_followsEachLogByItself() {
    mask("one", BEGIN);

    assertEquals("word", mask("two", "word").text());
    assertEquals("****", mask("one", "word").text());
  }

  @Test
  void restore_goesOnInTheMiddleOfAKey() {
    mask("one", BEGIN);
    mask("one", "MIIEowIBAAKCAQEA7bq");

    blocks = SecretBlocks.restore(blocks.snapshot());

    assertEquals("*******", mask("one", "MIIEow7").text());
    assertEquals(END, mask("one", END).text());
    assertEquals("word", mask("one", "word").text());
  }

  @Test
  void restore_knowsWhatStandsBeforeEachLine() {
    mask("one", "app_1  | " + BEGIN);
    mask("one", "app_1  | MIIEowIBAAKCAQEA7bqC");

    blocks = SecretBlocks.restore(blocks.snapshot());

    assertEquals("app_1  | ********", mask("one", "app_1  | MIIEow7=").text());
    assertEquals("app_1  | is up", mask("one", "app_1  | is up").text());
    assertEquals("app_1  | " + END, mask("one", "app_1  | " + END).text());
  }

  @Test
  void snapshot_isEmptyWhereNoBlockIsOpen() {
    mask("one", BEGIN);
    mask("one", END);

    assertEquals("{}", blocks.snapshot().toString());
  }
}
