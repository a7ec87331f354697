package dev.bosky.cli;

import dev.bosky.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
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
      tell(commandLine.getErr(), e, place.get() + ": " + reason(e));
      return ExitCode.CONFIGURATION;
    }
    tell(
        commandLine.getErr(),
        e,
        lowerFirst(message(e)) + " (" + commandLine.getCommandSpec().qualifiedName() + " --help)");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
    if (e instanceof ConfigException) {
      tell(commandLine.getErr(), e, e.getMessage());
      return ExitCode.CONFIGURATION;
    }
    tell(commandLine.getErr(), e, sentence(e));
    return ExitCode.FAILED;
  }

  private void tell(PrintWriter err, Exception e, String text) {
    text.lines().forEach(line -> err.println("bosky: " + line));
    if (options.verbose) {
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
    return e.getMessage();
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String first = e.getUnmatched().get(0);
    if (!e.isUnknownOption()) {
      return "unexpected word '" + first + "'; words that belong together need quotes";
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
