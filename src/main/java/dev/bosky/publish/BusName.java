package dev.bosky.publish;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bus as it is configured: a name, or an ARN. */
final class BusName {
  private static final Pattern NAME = Pattern.compile("[/.\\-_A-Za-z0-9]{1,256}");
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:events:([a-z0-9-]+):\\d{12}:event-bus/[/.\\-_A-Za-z0-9]+");

  private BusName() {}

  /**
   * Checks that it is one, and in the Region whose endpoint is asked: PutEvents goes to no other.
   */
  static void check(String bus, String region) throws SinkException {
    Matcher arn = ARN.matcher(bus);
    if (arn.matches()) {
      if (!arn.group(1).equals(region)) {
        throw new SinkException(
            SinkException.Cause.CONFIGURATION,
            "bus %s is in Region %s, but events are sent to Region %s: give --region %s, or a bus of %s"
                .formatted(bus, arn.group(1), region, arn.group(1), region));
      }
    } else if (!NAME.matcher(bus).matches()) {
      throw new SinkException(
          SinkException.Cause.CONFIGURATION,
          "bus: expected a name or an ARN such as arn:aws:events:REGION:ACCOUNT:event-bus/NAME, found \"%s\""
              .formatted(bus));
    }
  }
}
