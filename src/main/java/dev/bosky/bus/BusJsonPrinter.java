package dev.bosky.bus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Prints for programs what each request brought: a JSON object a line, for each entry and for each
 * request refused as a whole.
 *
 * <pre>
 * {"request":1,"bus":"default","dropped":false,"rules":["user-data"],"event":{…}}
 * {"request":1,"refused":{"code":"MalformedDetail","message":"Detail is malformed."}}
 * {"request":2,"operation":"PutEvents","status":400,"refused":{"code":…,"message":…}}
 * </pre>
 *
 * <p>Called by one thread at a time.
 */
public final class BusJsonPrinter implements Consumer<BusRequest> {
  private final PrintWriter out;

  public BusJsonPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void accept(BusRequest request) {
    for (EntryResult entry : request.entries()) {
      ObjectNode line = Json.object().put("request", request.number());
      if (entry instanceof ReceivedEvent event) {
        line.put("bus", event.bus()).put("dropped", !event.busKnown());
        ArrayNode rules = line.putArray("rules");
        event.rules().forEach(rules::add);
        line.set("event", event.event());
      } else if (entry instanceof RefusedEntry refused) {
        line.set("refused", refusal(refused.code(), refused.message()));
      }
      out.println(line);
    }
    if (request.isRefused()) {
      ObjectNode line = Json.object().put("request", request.number());
      line.put("operation", request.operation()).put("status", request.status());
      line.set("refused", refusal(request.errorCode(), request.errorMessage()));
      out.println(line);
    }
    out.flush();
  }

  private static ObjectNode refusal(String code, String message) {
    return Json.object().put("code", code).put("message", message);
  }
}
