package dev.bosky.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.bus.ReceivedEvent;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * What the demo prints: the log on one margin, events on another. Lines come from the player's
 * thread, events from the bus's.
 */
public final class DemoScreen {
  private static final int WIDTH = 110;

  private final PrintWriter out;
  private final BinaryOperator<String> paint;
  private int hidden;

  /**
   * @param paint colours the second text by the name that the first gives, such as "red"; plain
   *     where the output is no terminal
   */
  public DemoScreen(PrintWriter out, BinaryOperator<String> paint) {
    this.out = out;
    this.paint = paint;
  }

  synchronized void begin(URI endpoint, Map<String, String> rules) {
    out.println("A local event bus at " + endpoint + ", with the rules");
    rules.forEach((name, rule) -> out.printf("  %-20s %s%n", name, paint.apply("faint", rule)));
    out.println();
    out.println(
        "A boot that was recorded with the real cloud-init is played; the real agent follows it.");
    out.println(paint.apply("faint", "log    | what cloud-init and the scripts print"));
    out.println(paint.apply("bold", "event  > what arrives on the bus, and the rules it met"));
    out.println();
    out.flush();
  }

  /** Host keys and tables are in the log, and of no interest here. */
  static boolean isWorthShowing(String line) {
    return !(line.startsWith("ci-info:")
        || line.startsWith("|")
        || line.startsWith("+--")
        || line.startsWith("The key")
        || line.startsWith("SHA256:")
        || line.startsWith("Generating public")
        || line.startsWith("Your "));
  }

  /** A line of the log; an empty one stands for one that is not shown. */
  synchronized void line(String line) {
    if (line.isEmpty()) {
      hidden++;
      return;
    }
    if (hidden > 0) {
      out.println(paint.apply("faint", "log    | (" + hidden + " lines of tables and host keys)"));
      hidden = 0;
    }
    out.println(paint.apply("faint", "log    | " + cut(line)));
    out.flush();
  }

  synchronized void event(ReceivedEvent event) {
    JsonNode detail = event.detail();
    String status = detail.path("Status").asText();
    out.printf(
        "%s %s %-8s %s%n",
        paint.apply("bold", "event  >"),
        paint.apply(colour(status), "%-7s".formatted(status.toUpperCase(Locale.ROOT))),
        detail.path("Kind").asText(),
        cut(detail.path("Message").asText()));
    out.println(
        paint.apply("faint", "       >         rules met: " + String.join(", ", event.rules())));
    out.flush();
  }

  synchronized void end(ReceivedEvent outcome) {
    JsonNode detail = outcome.detail();
    String status = detail.path("Status").asText();
    String verdict = detail.at("/Outcome/Verdict").asText().toUpperCase(Locale.ROOT);
    out.println();
    out.println(
        paint.apply("bold", "The one verdict of this boot: ")
            + paint.apply(colour(status), verdict));
    out.println("  " + detail.path("Summary").asText());
    out.println();
    out.println("The evidence (line " + detail.at("/Log/Line").asLong() + " of the log):");
    detail.at("/Evidence/Before").forEach(l -> out.println(faint("    " + cut(l.asText()))));
    detail
        .at("/Evidence/Text")
        .asText()
        .lines()
        .forEach(l -> out.println(paint.apply(colour(status), "  > " + cut(l))));
    detail.at("/Evidence/After").forEach(l -> out.println(faint("    " + cut(l.asText()))));
    out.println();
    out.println("Try it on a log of your own:  bosky replay /var/log/cloud-init-output.log");
    out.flush();
  }

  private String faint(String text) {
    return paint.apply("faint", text);
  }

  private static String colour(String status) {
    return switch (status) {
      case "fail" -> "red";
      case "success" -> "green";
      default -> "yellow";
    };
  }

  private static String cut(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }
}
