package dev.bosky.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The service behind the endpoint: a request in, an answer out; knows no sockets. */
final class BusService {
  static final String DEFAULT_BUS = "default";

  private static final String TARGET_PREFIX = "AWSEvents.";

  private final Set<String> buses;
  private final Optional<String> accessKeyId;
  private final InstantSource clock;
  private final PutEvents putEvents;

  BusService(LocalBusBuilder settings) {
    buses = Set.copyOf(settings.buses);
    accessKeyId = settings.accessKeyId;
    clock = settings.clock;
    putEvents = new PutEvents(settings, buses);
  }

  /**
   * Answers one request.
   *
   * @param failing what entries, by index from 0, are to be refused with, whatever is in them
   */
  BusAnswer answer(
      int number,
      String method,
      Map<String, String> headers,
      byte[] body,
      Map<Integer, Fault.EntryError> failing) {
    try {
      String target = headers.getOrDefault(BusRequest.TARGET, "");
      if (!method.equals("POST") || !target.startsWith(TARGET_PREFIX)) {
        throw new BusError(404, "UnknownOperationException", "");
      }
      Signature signature = Signature.check(headers, accessKeyId, clock.instant());
      return switch (target.substring(TARGET_PREFIX.length())) {
        case "PutEvents" -> putEvents.answer(number, signature, parse(body), failing);
        case "DescribeEventBus" -> describe(signature, parse(body));
        default -> throw new BusError("UnknownOperationException", "");
      };
    } catch (BusError e) {
      return e.answer();
    }
  }

  private BusAnswer describe(Signature signature, ObjectNode request) throws BusError {
    String asked = request.path("Name").asText(DEFAULT_BUS);
    String name = busName(asked);
    if (!buses.contains(name)) {
      throw new BusError(
          "ResourceNotFoundException", "Event bus %s does not exist.".formatted(name));
    }
    JsonNode answer = Json.object().put("Arn", arn(signature.region(), name)).put("Name", name);
    return BusAnswer.of(answer, List.of());
  }

  private static ObjectNode parse(byte[] body) throws BusError {
    ObjectNode request = Json.parseObject(new String(body, UTF_8));
    if (request == null) {
      throw new BusError("SerializationException", "the request's body is no JSON object");
    }
    return request;
  }

  /** The bus's name, which may have been given as an ARN. */
  static String busName(String nameOrArn) {
    return nameOrArn.startsWith("arn:")
        ? nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1)
        : nameOrArn;
  }

  static String arn(String region, String bus) {
    return "arn:aws:events:%s:%s:event-bus/%s".formatted(region, LocalBusBuilder.ACCOUNT, bus);
  }
}
