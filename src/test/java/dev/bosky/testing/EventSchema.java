package dev.bosky.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.Set;

/** The JSON Schema that {@code bosky schema} prints; every event of a test is held against it. */
public final class EventSchema {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(EventSchema.class.getResourceAsStream("/dev/bosky/event.schema.json"));

  private EventSchema() {}

  /** Fails with the validator's words if the detail does not conform. */
  public static void assertValid(JsonNode detail) {
    assertEquals(Set.of(), SCHEMA.validate(detail), detail::toPrettyString);
  }
}
