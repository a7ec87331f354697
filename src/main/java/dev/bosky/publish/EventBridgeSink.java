package dev.bosky.publish;

import dev.bosky.event.Event;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Amazon EventBridge, by {@code PutEvents}.
 *
 * <p>One request a call, with these exceptions: refused for expired credentials or a wrong clock,
 * it is made once more with new ones or with the service's time; refused for what is in it, its
 * halves are tried apart until the entry at fault stands alone and is rejected.
 *
 * <p>What EventBridge takes it may still drop: an unknown bus is answered like a known one.
 *
 * <p>One thread. What a request needs is made by {@link #prepare} or at the first request.
 */
public final class EventBridgeSink implements EventSink {
  public static final String NAME = "eventbridge";

  private static final Logger LOG = LoggerFactory.getLogger(EventBridgeSink.class);

  private final AwsSettings settings;
  private final String region;
  private final URI endpoint;
  private final DenialPolicy denials;
  private final Supplier<AwsCredentialsProvider> credentialsSource;
  private final InstantSource clock;
  private final EventBridgeClients.Timeouts timeouts;

  private AwsCredentialsProvider credentials;
  private PutEventsCall call;

  private EventBridgeSink(
      AwsSettings settings,
      String region,
      URI endpoint,
      DenialPolicy denials,
      Supplier<AwsCredentialsProvider> credentialsSource,
      InstantSource clock,
      EventBridgeClients.Timeouts timeouts) {
    this.settings = settings;
    this.region = region;
    this.endpoint = endpoint;
    this.denials = denials;
    this.credentialsSource = credentialsSource;
    this.clock = clock;
    this.timeouts = timeouts;
  }

  /**
   * Checks the settings; asks nobody yet.
   *
   * @param bus the bus of the events to come, a name or an ARN
   * @throws SinkException of kind CONFIGURATION if they cannot be right
   */
  public static EventBridgeSink open(
      AwsSettings settings, String bus, DenialPolicy denials, InstantSource clock)
      throws SinkException {
    return open(
        settings,
        bus,
        denials,
        () -> EventBridgeClients.credentials(settings),
        clock,
        EventBridgeClients.Timeouts.DEFAULT);
  }

  static EventBridgeSink open(
      AwsSettings settings,
      String bus,
      DenialPolicy denials,
      Supplier<AwsCredentialsProvider> credentialsSource,
      InstantSource clock,
      EventBridgeClients.Timeouts timeouts)
      throws SinkException {
    String region =
        settings
            .region()
            .orElseThrow(
                () ->
                    new SinkException(
                        SinkException.Cause.CONFIGURATION,
                        "no Region: give --region or set AWS_REGION"));
    if (!region.matches("[a-z0-9-]+")) {
      throw new SinkException(
          SinkException.Cause.CONFIGURATION,
          "Region: expected a name such as eu-west-1, found \"%s\"".formatted(region));
    }
    BusName.check(bus, region);
    URI endpoint = EventBridgeClients.endpoint(settings, region);
    return new EventBridgeSink(
        settings, region, endpoint, denials, credentialsSource, clock, timeouts);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Makes ready what a request needs, and asks for credentials, while there is nothing to send yet.
   */
  @Override
  public void prepare() {
    try {
      connect();
    } catch (SinkException e) {
      LOG.debug("not prepared", e);
    }
  }

  @Override
  public List<DeliveryOutcome> send(List<Event> events) throws SinkException {
    for (Event event : events) {
      long size = EventBridgeLimits.sizeOf(event);
      if (size > EventBridgeLimits.MAX_REQUEST_BYTES) {
        return sendAround(events, event, size);
      }
    }
    try {
      return outcomes(events, request(events));
    } catch (Refusal e) {
      return refused(events, e);
    } catch (SinkException e) {
      throw e;
    } catch (IOException e) {
      throw AwsErrors.explain(e, endpoint);
    }
  }

  /** An entry too large for any request is rejected here, whatever else is in the batch. */
  private List<DeliveryOutcome> sendAround(List<Event> events, Event tooLarge, long size)
      throws SinkException {
    DeliveryOutcome rejected =
        new DeliveryOutcome.Rejected(
            "EntryTooLarge",
            "the entry is %d bytes long, EventBridge takes %d"
                .formatted(size, EventBridgeLimits.MAX_REQUEST_BYTES));
    int at = events.indexOf(tooLarge);
    List<Event> others = new ArrayList<>(events);
    others.remove(at);
    List<DeliveryOutcome> outcomes = new ArrayList<>(others.isEmpty() ? List.of() : send(others));
    outcomes.add(at, rejected);
    return outcomes;
  }

  /** The request as a whole was refused. */
  private List<DeliveryOutcome> refused(List<Event> events, Refusal e) throws SinkException {
    if (AwsErrors.isAboutTheEntries(e)) {
      return events.size() > 1 ? sendHalves(events) : all(events, rejected(e));
    }
    if (AwsErrors.isDenied(e.code()) && !denials.mayPass()) {
      return all(events, rejected(e));
    }
    throw AwsErrors.explain(e, endpoint, clock);
  }

  private List<DeliveryOutcome> sendHalves(List<Event> events) throws SinkException {
    int middle = events.size() / 2;
    List<DeliveryOutcome> outcomes = new ArrayList<>(send(events.subList(0, middle)));
    List<Event> rest = events.subList(middle, events.size());
    try {
      outcomes.addAll(send(rest));
    } catch (SinkException e) {
      // What the first half got is not to be forgotten.
      outcomes.addAll(all(rest, new DeliveryOutcome.Retryable(e.kind().name(), e.getMessage())));
    }
    return outcomes;
  }

  private static DeliveryOutcome rejected(Refusal e) {
    return new DeliveryOutcome.Rejected(e.code(), e.text());
  }

  private static List<DeliveryOutcome> all(List<Event> events, DeliveryOutcome outcome) {
    return events.stream().map(e -> outcome).toList();
  }

  private List<PutEventsMessage.Result> request(List<Event> events) throws IOException, Refusal {
    try {
      return putEvents(events);
    } catch (Refusal e) {
      if (AwsErrors.isExpired(e)) {
        LOG.info("the AWS credentials have expired, fetching new ones");
        close();
        return putEvents(events);
      }
      if (AwsErrors.isClock(e)) {
        LOG.warn(AwsErrors.explain(e, endpoint, clock).getMessage());
        e.serverTime().ifPresent(call::setTime);
        return putEvents(events);
      }
      throw e;
    }
  }

  private List<PutEventsMessage.Result> putEvents(List<Event> events) throws IOException, Refusal {
    AwsCredentials keys = connect();
    return call.put(events, keys);
  }

  /** Makes the caller if there is none, and sees that there are credentials. */
  private AwsCredentials connect() throws SinkException {
    if (call == null) {
      credentials = credentialsSource.get();
      call = EventBridgeClients.create(settings, region, endpoint, timeouts);
    }
    try {
      return credentials.resolveCredentials();
    } catch (SdkException e) {
      LOG.debug("credentials", e);
      throw new SinkException(
          SinkException.Cause.CREDENTIALS,
          "no AWS credentials found (environment, %s, role of the container or instance): give the instance a role that allows events:PutEvents"
              .formatted(settings.profile().map(p -> "profile " + p).orElse("default profile")),
          e);
    }
  }

  /** The answer lists the entries in the order of the request. */
  private List<DeliveryOutcome> outcomes(List<Event> events, List<PutEventsMessage.Result> answer) {
    List<DeliveryOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      outcomes.add(
          i < answer.size()
              ? outcome(answer.get(i))
              : new DeliveryOutcome.Retryable(
                  "NoAnswer", "the answer lists fewer entries than the request"));
    }
    return outcomes;
  }

  private DeliveryOutcome outcome(PutEventsMessage.Result entry) {
    String code = entry.errorCode();
    if (code == null) {
      return entry.eventId() == null
          ? new DeliveryOutcome.Retryable("NoAnswer", "the answer has neither an id nor an error")
          : new DeliveryOutcome.Delivered(entry.eventId());
    }
    String text = entry.errorMessage() == null ? "no reason given" : entry.errorMessage();
    String line = AwsErrors.oneLine(text);
    boolean mayPass =
        AwsErrors.TRANSIENT.contains(code) || (AwsErrors.isDenied(code) && denials.mayPass());
    return mayPass
        ? new DeliveryOutcome.Retryable(code, line)
        : new DeliveryOutcome.Rejected(code, line);
  }

  /** Lets go of the connection; the next request makes a new one, with credentials fetched anew. */
  @Override
  public void close() {
    if (call != null) {
      call.close();
      call = null;
      if (credentials instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          LOG.debug("credentials", e);
        }
      }
    }
  }
}
