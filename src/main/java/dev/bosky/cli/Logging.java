package dev.bosky.cli;

import java.io.PrintWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Sets up {@code java.util.logging}, which also takes what the AWS SDK logs through SLF4J: one line
 * a record on standard error.
 *
 * <p>Bosky's own loggers begin at INFO, with {@code --verbose} at FINE, with {@code --quiet} at
 * SEVERE. Everyone else's begin at OFF, because what the SDK warns of reaches the user in our own
 * sentences; {@code --verbose} shows them from INFO.
 */
final class Logging {
  /** Held here: java.util.logging forgets the level of a logger that nobody holds. */
  private static final Logger OURS = Logger.getLogger("dev.bosky");

  private static final Logger ALL = Logger.getLogger("");

  private Logging() {}

  static void setUp(GlobalOptions options, PrintWriter err) {
    LogManager.getLogManager().reset();
    ALL.setLevel(options.verbose ? Level.INFO : Level.OFF);
    OURS.setLevel(ours(options));
    ALL.addHandler(new LineHandler(err, options.verbose));
  }

  private static Level ours(GlobalOptions options) {
    if (options.verbose) {
      return Level.FINE;
    }
    return options.quiet ? Level.SEVERE : Level.INFO;
  }

  /** Prints a record as {@code 2026-11-22T21:53:12.123Z WARN Publisher: text}. */
  private static final class LineHandler extends Handler {
    private final PrintWriter err;
    private final boolean withTrace;

    LineHandler(PrintWriter err, boolean withTrace) {
      this.err = err;
      this.withTrace = withTrace;
      setFormatter(new LineFormatter());
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord logRecord) {
      if (isLoggable(logRecord)) {
        err.println(getFormatter().format(logRecord));
        if (withTrace && logRecord.getThrown() != null) {
          logRecord.getThrown().printStackTrace(err);
        }
      }
    }

    @Override
    public void flush() {
      err.flush();
    }

    @Override
    public void close() {
      err.flush();
    }
  }

  private static final class LineFormatter extends Formatter {
    @Override
    public String format(LogRecord logRecord) {
      String thrown = logRecord.getThrown() == null ? "" : ": " + logRecord.getThrown();
      String name = String.valueOf(logRecord.getLoggerName());
      return "%s %s %s: %s"
          .formatted(
              logRecord.getInstant(),
              word(logRecord.getLevel()),
              name.substring(name.lastIndexOf('.') + 1),
              (formatMessage(logRecord) + thrown).replaceAll("\\R", " | "));
    }

    private static String word(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return "ERROR";
      }
      if (level.intValue() >= Level.WARNING.intValue()) {
        return "WARN";
      }
      return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
  }
}
