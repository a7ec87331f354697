package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private static final Logger OURS = LoggerFactory.getLogger("dev.bosky.publish.Publisher");
  private static final Logger THEIRS = LoggerFactory.getLogger("software.amazon.awssdk.Any");

  private final StringWriter err = new StringWriter();

  @AfterEach
  void reset() {
    LogManager.getLogManager().reset();
  }

  @Test
  void setUp_printsOneLineARecord() {
    setUp(false, false);

    OURS.warn("sink {}:\ndown", "eventbridge", new IOException("no route"));

    assertTrue(
        err.toString()
            .matches(
                "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z WARN Publisher:"
                    + " sink eventbridge: \\| down: java.io.IOException: no route\n"),
        err.toString());
  }

  @Test
  void setUp_beginsAtInfoForUsAndHidesTheLibraries() {
    setUp(false, false);

    OURS.debug("1");
    OURS.info("2");
    THEIRS.error("3");

    assertEquals("2", texts());
  }

  @Test
  void setUp_tellsErrorsOnlyWhenQuiet() {
    setUp(true, false);

    OURS.warn("1");
    OURS.error("2");

    assertEquals("2", texts());
  }

  @Test
  void setUp_tellsMoreWhenVerbose() {
    setUp(false, true);

    OURS.debug("1");
    THEIRS.debug("2");
    THEIRS.info("3", new IOException("x"));

    assertEquals("1 3", texts().substring(0, 3));
    assertTrue(err.toString().contains("\tat " + LoggingTest.class.getName()), err.toString());
  }

  private void setUp(boolean quiet, boolean verbose) {
    GlobalOptions options = new GlobalOptions();
    options.quiet = quiet;
    options.verbose = verbose;
    Logging.setUp(options, new PrintWriter(err, true));
  }

  /** The records' texts, one after the other. */
  private String texts() {
    return String.join(
        " ",
        err.toString().lines().map(line -> line.replaceFirst(".* (Publisher|Any): ", "")).toList());
  }
}
