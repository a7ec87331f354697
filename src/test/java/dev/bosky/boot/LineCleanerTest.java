package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.bosky.source.LogLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineCleanerTest {
  private static final String WARNING =
      "2022-11-22 12:15:00,613 - cc_scripts_user.py[WARNING]: Failed to run module scripts-user"
          + " (scripts in /var/lib/cloud/instance/scripts)";

  private static List<CleanLine> clean(byte[] bytes) {
    List<CleanLine> lines = new ArrayList<>();
    new LineCleaner().clean(new LogLine("output", 2, 1000, 7, bytes, false), lines::add);
    return lines;
  }

  private static List<String> clean(String text) {
    return clean(text.getBytes(UTF_8)).stream().map(CleanLine::text).toList();
  }

  private static void assertCleaned(String expected, String raw) {
    assertEquals(List.of(expected), clean(raw));
  }

  @Test
  void clean_handsOnPlainLineWithoutCopy() {
    byte[] bytes = "Setting up nginx (1.18.0) ...\tdone [C] – ünïcode".getBytes(UTF_8);

    CleanLine line = clean(bytes).get(0);

    assertSame(bytes, line.bytes());
    assertEquals(0, line.start());
    assertEquals(bytes.length, line.end());
    assertEquals(1000, line.offset());
    assertEquals(7, line.number());
    assertEquals(2, line.generation());
  }

  @Test
  void clean_givesAnEmptyLineForAnEmptyLine() {
    assertCleaned("", "");
    assertCleaned("", "\r");
    assertCleaned("", "\u001b[0m");
  }

  @Test
  void clean_removesConsoleAndJournalPrefixes() {
    String words = "E: Unable to locate package foo";

    assertCleaned(words, "[   24.758090] cloud-init[1619]: " + words);
    assertCleaned(words, "[12345.758090] cloud-init[1619]: " + words);
    assertCleaned(words, "Jun 07 10:00:00 ip-10-0-0-1 cloud-init[99]: " + words);
    assertCleaned(words, "Jun  7 10:00:00 ip-10-0-0-1.ec2.internal cloud-init[99]: " + words);
    assertCleaned(words, "Jun 07 10:00:00 cloud-init[3070]: " + words);
    assertCleaned(words, "2025-06-07T10:00:00.123456+00:00 host cloud-init[99]: " + words);
    assertCleaned(words, "2025-06-07T10:00:00Z host cloud-init[99]: " + words);
    assertCleaned(words, "2025-06-07T10:00:00-0400 host cloud-init[99]: " + words);
    assertCleaned(words, "<13>Jun  7 10:00:00 user-data: " + words);
    assertCleaned(
        words, "[   24.758090] cloud-init[1619]: Jun 07 10:00:00 cloud-init[99]: " + words);
    assertCleaned("", "[   24.758090] cloud-init[1619]: ");
    assertCleaned("", "[   24.758090] cloud-init[1619]:");
    assertCleaned("  indented", "[   24.758090] cloud-init[1619]:   indented");
  }

  @Test
  void clean_viewsTheSameBytesBehindPrefix() {
    byte[] bytes = "[   24.758090] cloud-init[1619]: words".getBytes(UTF_8);

    CleanLine line = clean(bytes).get(0);

    assertSame(bytes, line.bytes());
    assertEquals("words", line.text());
    assertEquals(1000, line.offset());
  }

  @Test
  void clean_keepsWhatIsNoPrefixOfCloudInit() {
    for (String line :
        List.of(
            WARNING,
            "2022-11-22 12:15:00,613 - util.py[DEBUG]: x",
            "[   24.758090] Out of memory: Killed process 120 (python3)",
            "[  OK  ] Started cloud-init[99]: x",
            "Jun 07 10:00:00 host sshd[99]: x",
            "[1/2] cloud-init[99]: x",
            "[   24.758090] cloud-init[x]: y",
            "[   24.758090] cloud-initramfs: y",
            "Jun",
            "[",
            "<13>",
            "2025-06-07T10:00:00Z")) {
      assertCleaned(line, line);
    }
  }

  @Test
  void clean_removesColoursAndTitles() {
    assertCleaned("Error: no class", "\u001b[1;31mError: no class\u001b[0m");
    assertCleaned("Error: no class", "\u001b[38;5;9mError:\u001b[m no \u001b[4:3mclass\u001b[0K");
    assertCleaned("words", "\u001b]0;a title\u0007words");
    assertCleaned("a link here", "a \u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\ here");
    assertCleaned("words", "\u001b(B\u001b[mwo\u001b7rds\u001b8");
    assertCleaned("words", "wo\u001b[?25lrds\u001b[?25h");
  }

  @Test
  void clean_keepsTheTextBehindABrokenSequence() {
    assertCleaned("0;no end of title", "\u001b]0;no end of title");
    assertCleaned("words", "words\u001b");
    assertCleaned("words", "words\u001b[31");
    assertCleaned("Größe", "\u001b[1Größe".replace("[1G", "[1mG"));
    assertCleaned("öde", "\u001b[öde");
  }

  @Test
  void clean_showsTheLastStateOfAProgressBar() {
    assertCleaned("100% done", "  5% [=>   ]\r 50% [===> ]\r100% done");
    assertCleaned(
        "curl: (6) no", "  0     0    0 --:--:--\r100  1M  100  1M --:--:--\rcurl: (6) no");
    assertCleaned("Get:1 http://x", "0% [Working]\r            \rGet:1 http://x");
    assertCleaned("done", "downloading\u001b[2K\rdone");
    assertCleaned("done", "downloading\u001b[1G\u001b[Kdone");
    assertCleaned("  indented", "progress\r  indented");
    assertCleaned("still here", "still here\r\r");
    assertCleaned("still here", "still here\r   ");
    assertCleaned("waiting done", "waiting |\b/\b-\bdone");
    assertCleaned("naïve", "naïé\b\bïve");
  }

  @Test
  void clean_dropsNulBellAndByteOrderMark() {
    assertCleaned("words", "\0\0wo\0rds\u0007\0");
    assertCleaned("words", "\ufeffwords");
    assertCleaned("words", "\ufeff\0words");
    assertCleaned("a\tb", "a\tb");
  }

  @Test
  void clean_leavesInvalidUtf8ToBeShownAsReplacement() {
    assertEquals("caf\ufffd!", clean("caf\u00e9!".getBytes(ISO_8859_1)).get(0).text());
    assertEquals(
        "caf\ufffd!", clean("\u001b[1mcaf\u00e9\u001b[m!".getBytes(ISO_8859_1)).get(0).text());
  }

  @Test
  void clean_splitsGluedBanners() {
    String banner = "Cloud-init v. 22.4.2 finished at Sun, 22 Nov 2026 12:00:00 +0000.";

    List<CleanLine> lines = clean(("no newline at the end" + banner).getBytes(UTF_8));

    assertEquals("no newline at the end", lines.get(0).text());
    assertEquals(banner, lines.get(1).text());
    assertEquals(1000, lines.get(0).offset());
    assertEquals(1021, lines.get(1).offset());
    assertEquals(7, lines.get(1).number());
  }

  @Test
  void clean_splitsGluedMessages() {
    assertEquals(List.of("no newline", WARNING), clean("no newline" + WARNING));
    assertEquals(List.of("3", WARNING), clean("3" + WARNING));
    assertEquals(
        List.of(WARNING, "Cloud-init v. 22.4.2 running 'modules:final' at x"),
        clean(WARNING + "Cloud-init v. 22.4.2 running 'modules:final' at x"));
  }

  @Test
  void clean_findsOffsetOfGluedLineBehindControlCodes() {
    String before = "\u001b[32mok\u001b[0m";

    List<CleanLine> lines = clean((before + WARNING).getBytes(UTF_8));

    assertEquals(List.of("ok", WARNING), lines.stream().map(CleanLine::text).toList());
    assertEquals(1000 + before.length(), lines.get(1).offset());
  }

  @Test
  void clean_splitsBehindPrefixOnlyWhatIsGlued() {
    assertEquals(List.of(WARNING), clean("[   59.348883] cloud-init[1141]: " + WARNING));
    assertEquals(List.of("ok", WARNING), clean("[   59.348883] cloud-init[1141]: ok" + WARNING));
  }

  @Test
  void clean_doesNotSplitWhereTheWordsAreOnlyAlike() {
    for (String line :
        List.of(
            "see Cloud-init v. 22.4.2 for this",
            "the Cloud-init v. is old",
            "in main.py[WARNING]: no date before it",
            "12:15:00,613 - x.py[WARNING]: half a date",
            "Cloud-init v. 22.4.2 running 'init' at x",
            WARNING)) {
      assertCleaned(line, line);
    }
  }

  @Test
  void clean_copiesOnlyLinesWithControlCodes() {
    byte[] bytes = "a\u001b[mb".getBytes(UTF_8);

    CleanLine line = clean(bytes).get(0);

    assertNotSame(bytes, line.bytes());
    assertEquals("ab", line.text());
  }
}
