package dev.bosky.cli;

import dev.bosky.config.ConfigException;
import dev.bosky.publish.SinkException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells what went wrong: one sentence for each fault on standard error, beginning with {@code
 * bosky: }, and an exit code. A stack trace only with {@code --verbose}.
 */
final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final GlobalOptions options;
  private ConfiguredDefaults defaults;

  ErrorHandler(GlobalOptions options) {
    this.options = options;
  }

  /** From now on a wrong value is traced to the variable or the line of the file it came from. */
  void setDefaults(ConfiguredDefaults defaults) {
    this.defaults = defaults;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine commandLine = e.getCommandLine();
    Optional<String> place = place(e);
    if (place.isPresent()) {
      tell(commandLine.getErr(), e, place.get() + ": " + reason(e), options.verbose);
      return unlessBestEffort(ExitCode.CONFIGURATION, commandLine, args);
    }
    tell(
        commandLine.getErr(),
        e,
        lowerFirst(message(e)) + " (" + commandLine.getCommandSpec().qualifiedName() + " --help)",
        options.verbose);
    return unlessBestEffort(ExitCode.USAGE, commandLine, args);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
    return unlessBestEffort(tell(e, options.verbose, commandLine.getErr()), commandLine);
  }

  /** Tells what a command ended with; says the exit code. */
  static int tell(Exception e, boolean verbose, PrintWriter err) {
    tell(err, e, e instanceof ConfigException ? e.getMessage() : sentence(e), verbose);
    return exitCode(e);
  }

  private static int exitCode(Exception e) {
    boolean misconfigured =
        e instanceof ConfigException
            || (e instanceof SinkException sink
                && sink.kind() == SinkException.Cause.CONFIGURATION);
    return misconfigured ? ExitCode.CONFIGURATION : ExitCode.FAILED;
  }

  /** The option may stand behind the fault, where it was not parsed any more. */
  private static int unlessBestEffort(int exitCode, CommandLine commandLine, String... args) {
    boolean bestEffort =
        commandLine.getCommand() instanceof RootCommand root
            && (root.isBestEffort() || List.of(args).contains(RootCommand.BEST_EFFORT));
    return bestEffort ? ExitCode.DONE : exitCode;
  }

  private static void tell(PrintWriter err, Exception e, String text, boolean verbose) {
    text.lines().forEach(line -> err.println("bosky: " + line));
    if (verbose) {
      e.printStackTrace(err);
    }
    err.flush();
  }

  /** The place of the wrong value, if it did not stand on the command line. */
  private Optional<String> place(ParameterException e) {
    ArgSpec arg = e.getArgSpec();
    return e.getValue() != null && arg instanceof OptionSpec option && defaults != null
        ? defaults.place(option).filter(p -> arg.originalStringValues().isEmpty())
        : Optional.empty();
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched);
    }
    if (e instanceof MutuallyExclusiveArgsException) {
      return e.getMessage().replaceFirst("^Error: ", "").replaceAll("=[^, ]+", "");
    }
    return e instanceof MaxValuesExceededException ? "give a status only once" : e.getMessage();
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String first = e.getUnmatched().get(0);
    if (!e.isUnknownOption()) {
      return "unexpected word '" + first + "'; words that belong together need quotes";
    }
    if (first.chars().anyMatch(Character::isWhitespace)) {
      return "unknown option '" + first + "'; a message that begins with - goes behind --";
    }
    return "unknown option '"
        + first
        + "'"
        + e.getSuggestions().stream().findFirst().map(s -> "; did you mean " + s + "?").orElse("");
  }

  /** Picocli's sentence without the option's name in front, which the place stands for. */
  private static String reason(ParameterException e) {
    return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
  }

  /** What an exception says, in words that need no knowledge of Java. */
  static String sentence(Exception e) {
    if (e instanceof FileSystemException file) {
      return file.getFile() + ": " + why(file);
    }
    if (e instanceof UncheckedIOException unchecked) {
      return sentence(unchecked.getCause());
    }
    if (e instanceof IOException && e.getMessage() != null) {
      return e.getMessage();
    }
    return "a fault of Bosky itself: " + e + " (--verbose shows where)";
  }

  private static String why(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "not a folder";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
