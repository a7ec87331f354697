package dev.bosky.bus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/**
 * Prints for people what each request brought: two lines an event, with the rules it met.
 *
 * <pre>
 * 22:11:21  fail     outcome  package foo-bar is not in any repository
 *                             payments · User Data · met user-data
 * 22:11:22  refused           MalformedDetail: Detail is malformed.
 * </pre>
 *
 * <p>Called by one thread at a time.
 */
public final class BusPrinter implements Consumer<BusRequest> {
  /** Characters of a text that are shown; the event in full is a switch away. */
  private static final int MAX_TEXT = 200;

  private static final int STATUS_WIDTH = 9;
  private static final int KIND_WIDTH = 9;
  private static final String MARGIN = " ".repeat(10);

  private final PrintWriter out;
  private final Ink ink;
  private final DateTimeFormatter time;
  private final boolean inFull;

  /**
   * Prints there.
   *
   * @param inFull whether each event is also printed as rules and targets see it
   */
  public BusPrinter(PrintWriter out, Ink ink, ZoneId zone, boolean inFull) {
    this.out = out;
    this.ink = ink;
    this.time = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
    this.inFull = inFull;
  }

  @Override
  public void accept(BusRequest request) {
    String at = time.format(request.time());
    for (EntryResult entry : request.entries()) {
      if (entry instanceof ReceivedEvent event) {
        print(at, event);
      } else if (entry instanceof RefusedEntry refused) {
        line(at, ink.red(pad("refused", STATUS_WIDTH)), "", refused.code(), refused.message());
      }
    }
    if (request.isRefused()) {
      line(
          at,
          ink.red(pad("refused", STATUS_WIDTH)),
          "",
          "request %s: %d %s".formatted(request.operation(), request.status(), request.errorCode()),
          request.errorMessage());
    }
    out.flush();
  }

  private void print(String at, ReceivedEvent event) {
    JsonNode detail = event.detail();
    String status = detail.path("Status").asText("");
    String message = detail.path("Message").asText("");
    line(
        at,
        ink.status(status, pad(status.isEmpty() ? "event" : status, STATUS_WIDTH)),
        pad(detail.path("Kind").asText(""), KIND_WIDTH),
        message.isEmpty() ? event.detailText() : message,
        "");
    out.println(
        MARGIN
            + " ".repeat(STATUS_WIDTH + KIND_WIDTH)
            + ink.dim(Ink.oneLine(event.source() + " · " + event.detailType() + " · "))
            + fate(event));
    if (inFull) {
      Json.pretty(event.event()).lines().forEach(line -> out.println(MARGIN + ink.dim(line)));
    }
  }

  /** What became of it: the rules it met, or that nobody gets it. */
  private String fate(ReceivedEvent event) {
    if (!event.busKnown()) {
      return ink.yellow(
          "dropped: there is no bus '"
              + Ink.oneLine(event.bus())
              + "' (EventBridge answers all the same)");
    }
    return event.rules().isEmpty()
        ? ink.dim("met no rule")
        : "met " + ink.bold(String.join(", ", event.rules()));
  }

  private void line(String at, String status, String kind, String text, String more) {
    String whole = Ink.oneLine(more.isEmpty() ? text : text + ": " + more);
    String shown = whole.length() <= MAX_TEXT ? whole : whole.substring(0, MAX_TEXT) + "…";
    out.println(ink.dim(at) + "  " + status + pad(kind, KIND_WIDTH) + shown);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
