package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStringsTest {
  /** What Java makes of bytes beyond ASCII where there is no locale. */
  private static final String LOST = "\ufffd\ufffd";

  @TempDir Path proc;

  @Test
  void arguments_areTheLastOnesOfTheCommandLine() throws IOException {
    Files.writeString(
        proc.resolve("cmdline"), "java\0-cp\0x.jar\0dev.bosky.Main\0--info\0ü 🚀\n\"'\0\0");

    assertArrayEquals(
        new String[] {"--info", "ü 🚀\n\"'", ""},
        strings().arguments(new String[] {"--info", LOST, ""}));
  }

  @Test
  void arguments_stayAsTheyAreWhereJavaCannotHaveGoneWrong() throws IOException {
    Files.writeString(proc.resolve("cmdline"), "java\0dev.bosky.Main\0--info\0other\0");
    String[] ascii = {"--info", "text"};

    assertSame(ascii, strings().arguments(ascii));
  }

  @Test
  void arguments_stayAsTheyAreWhereThereIsNoCommandLine() {
    String[] lost = {LOST};

    assertSame(lost, strings().arguments(lost));
  }

  @Test
  void environment_isReadAsUtf8() throws IOException {
    Files.writeString(proc.resolve("environ"), "BOSKY_TEAM=Zürich=1\0EMPTY=\0OTHER=x\0");

    assertEquals(
        Map.of("BOSKY_TEAM", "Zürich=1", "EMPTY", ""),
        strings().environment(Map.of("BOSKY_TEAM", LOST, "EMPTY", "")));
  }

  @Test
  void environment_staysAsItIsWhereTheKernelTellsLess() throws IOException {
    Map<String, String> decoded = Map.of("BOSKY_TEAM", "x", "SET_LATER", "y");

    assertSame(decoded, strings().environment(decoded));
    Files.writeString(proc.resolve("environ"), "BOSKY_TEAM=x\0");
    assertSame(decoded, strings().environment(decoded));
  }

  private ProcessStrings strings() {
    return new ProcessStrings(proc);
  }
}
