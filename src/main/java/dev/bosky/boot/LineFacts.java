package dev.bosky.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes from a boot's lines what they say about it, and remembers the last ones of each log.
 *
 * <p>Most lines say nothing: a look at their first bytes tells. For the reader thread only.
 */
final class LineFacts {
  /** The name of the log that is full of cloud-init's own messages. */
  static final String CLOUD_INIT_LOG = "cloud-init";

  /** A shell's complaint: {@code /…/scripts/part-001: line 17: …}, {@code /…/runcmd: 4: …}. */
  private static final Pattern SCRIPT_LINE =
      Pattern.compile("^(?:\\S*: )?/\\S*/scripts/(?:[\\w.-]+/)?([\\w.-]+): (?:line )?(\\d+): ");

  /** As above, in the words of Python, Perl and Ruby. */
  private static final Pattern SCRIPT_AT =
      Pattern.compile("/scripts/(?:[\\w.-]+/)?([\\w.-]+)(?:\", line |:| line )(\\d+)\\b");

  private static final byte[] SCRIPTS = "/var/lib/cloud/".getBytes(US_ASCII);

  private final BootFacts facts;
  private final UnaryOperator<String> mask;
  private final Map<String, RecentLines> recent = new HashMap<>();
  private String lastLog = "";

  LineFacts(BootFacts facts, UnaryOperator<String> mask) {
    this.facts = facts;
    this.mask = mask;
  }

  /** The banner that a line is; in cloud-init.log it stands behind date and level. */
  static Optional<Banner> banner(CleanLine line) {
    if (!line.log().equals(CLOUD_INIT_LOG)) {
      return Banner.of(line);
    }
    return CloudInitLine.of(line).flatMap(own -> Banner.of(own.text()));
  }

  /**
   * Takes up one line of this boot.
   *
   * @return the line, if it says that the output goes elsewhere from now on
   */
  Optional<CloudInitLine> read(CleanLine line, Instant readAt) {
    Optional<CloudInitLine> own = CloudInitLine.of(line);
    facts.failures.line(line.log(), () -> mask.apply(line.text()));
    if (own.isPresent()) {
      if (line.log().equals(CLOUD_INIT_LOG)) {
        facts.scriptTimes.line(line);
      }
      take(own.get(), line, readAt);
    } else if (line.log().equals(CLOUD_INIT_LOG)) {
      facts.commands.read(line).ifPresent(failed -> takeWhy(failed, readAt));
    } else if (Ascii.has(line.bytes(), line.start(), line.end(), SCRIPTS)) {
      Matcher m = SCRIPT_LINE.matcher(line.text());
      if (m.find()) {
        facts.script = Optional.of(m.group(1));
      }
    }
    if (!line.log().equals(CLOUD_INIT_LOG)) {
      if (facts.beforeToldToEnd.isEmpty() && ToldToEnd.isSaidBy(line)) {
        facts.beforeToldToEnd =
            Optional.of(lastLine(readAt).orElse(lineFailure(line, List.of(), readAt)));
      }
      lastLog = line.log();
      recent.computeIfAbsent(lastLog, log -> new RecentLines()).add(line);
    }
    return own.filter(o -> o.kind() == CloudInitLine.Kind.OUTPUT_MOVED);
  }

  private void take(CloudInitLine own, CleanLine line, Instant readAt) {
    switch (own.kind()) {
      case SCRIPT_STARTED -> {
        facts.script = Optional.of(own.name());
        facts.failures.started(own.name());
        facts.scriptTimes.started(own.name());
      }
      case SCRIPT_EXIT -> {
        facts.exitCodes.putIfAbsent(own.name(), Integer.parseInt(own.detail()));
        facts.scriptTimes.failed(own.name());
        report(own, line, readAt);
      }
      case MODULE_FAILED, STAGE_FAILED -> report(own, line, readAt);
      case SCRIPTS_FAILED, TROUBLE -> keepLastWords(own, line, readAt);
      case IGNORED -> {
        String text = mask.apply(own.text());
        BootFacts.keep(facts.ignored, text, Reason.of("user-data-ignored", text));
        keepLastWords(own, line, readAt);
      }
      case OUTPUT_MOVED, OTHER -> {
        // Nothing about how the boot went.
      }
    }
  }

  private void takeWhy(FailedCommand failed, Instant readAt) {
    failed.exitCode().ifPresent(code -> facts.exitCodes.put(failed.script(), code));
    facts.scriptTimes.failed(failed.script());
    if (!failed.why().isEmpty() && facts.unheard.isEmpty()) {
      facts.unheard =
          Optional.of(
              lineFailure(failed.line(), List.of(), readAt).withMessage(mask.apply(failed.why())));
    }
  }

  private void report(CloudInitLine own, CleanLine line, Instant readAt) {
    boolean script = own.kind() == CloudInitLine.Kind.SCRIPT_EXIT;
    BootFacts.keep(
        facts.reported,
        own.kind() + own.name(),
        new Reason(
            "cloud-init-line",
            mask.apply(own.text()),
            "",
            script ? "" : own.name(),
            script ? own.name() : "",
            script ? OptionalInt.of(Integer.parseInt(own.detail())) : OptionalInt.empty()));
    keepLastWords(own, line, readAt);
  }

  /** At cloud-init's first failure line: the line before it that a person would want. */
  private void keepLastWords(CloudInitLine own, CleanLine line, Instant readAt) {
    if (facts.lastWords.isPresent() || line.log().equals(CLOUD_INIT_LOG)) {
      return;
    }
    List<CleanLine> before = recent(line.log());
    int chosen = own.kind() == CloudInitLine.Kind.IGNORED ? -1 : Words.choose(before);
    facts.lastWords =
        Optional.of(
            chosen < 0
                ? lineFailure(line, before, readAt)
                : lineFailure(before.get(chosen), before.subList(0, chosen), readAt));
  }

  /** A failure without a marker: the line itself, and what stood before it. */
  Failure lineFailure(CleanLine line, List<CleanLine> before, Instant readAt) {
    List<CleanLine> shown =
        before.subList(Math.max(0, before.size() - Words.BEFORE), before.size());
    String text = mask.apply(line.text());
    return new Failure(
        Failure.Origin.CLOUD_INIT,
        "",
        Decides.NO,
        Optional.empty(),
        text,
        new Evidence(Words.masked(shown, mask), text, List.of()),
        Optional.of(Position.of(line)),
        Map.of(),
        OptionalInt.empty(),
        readAt);
  }

  /** The last line of sense in the log that was written last. */
  Optional<Failure> lastLine(Instant at) {
    List<CleanLine> sense = recent(lastLog).stream().filter(Words::isSense).toList();
    int last = sense.size() - 1;
    return sense.isEmpty()
        ? Optional.empty()
        : Optional.of(lineFailure(sense.get(last), sense.subList(0, last), at));
  }

  /** The last lines of that log, oldest first. */
  List<CleanLine> recent(String log) {
    RecentLines lines = recent.get(log);
    return lines == null ? List.of() : lines.all();
  }

  /** The logs with output that have had lines, the one written last first. */
  List<String> logs() {
    List<String> logs = new ArrayList<>(recent.keySet());
    logs.sort(Comparator.comparing((String log) -> !log.equals(lastLog)).thenComparing(log -> log));
    return logs;
  }

  Map<String, RecentLines> all() {
    return recent;
  }

  /** The output log that was written last; empty if none was. */
  String lastLog() {
    return lastLog;
  }

  /** Goes on from lines that were kept in a checkpoint; the log written last comes last. */
  void restore(CleanLine line) {
    lastLog = line.log();
    recent.computeIfAbsent(lastLog, log -> new RecentLines()).add(line);
  }

  NotedFailure noted(Failure failure, UserData userData) {
    String text = failure.evidence().text();
    Optional<CloudInitLine> own =
        CloudInitLine.of(text.lines().findFirst().orElse(""))
            .filter(line -> line.kind() != CloudInitLine.Kind.IGNORED);
    Optional<ScriptLine> named =
        own.filter(line -> line.kind() == CloudInitLine.Kind.TROUBLE && !line.name().isEmpty())
            .map(line -> ScriptLine.of(line.name()));
    return new NotedFailure(
        failure,
        facts.stage,
        named.or(() -> scriptLine(text, userData)),
        own.isPresent(),
        facts.beforeToldToEnd.isPresent());
  }

  Optional<ScriptLine> scriptLine(String text, UserData userData) {
    Matcher m = SCRIPT_LINE.matcher(text);
    boolean found = m.find();
    if (!found) {
      m = SCRIPT_AT.matcher(text);
      found = m.find();
    }
    if (found) {
      OptionalInt number = number(m.group(2));
      String file = m.group(1);
      return Optional.of(
          new ScriptLine(
              file,
              number,
              userData.line(file, number).map(l -> mask.apply(l.strip())).orElse(""),
              number.isEmpty()
                  ? OptionalInt.empty()
                  : userData
                      .script(file)
                      .map(s -> s.item(number.getAsInt()))
                      .orElse(OptionalInt.empty())));
    }
    return facts.script.map(ScriptLine::of);
  }

  private static OptionalInt number(String digits) {
    return digits.length() > 9 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
  }
}
