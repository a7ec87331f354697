package dev.bosky.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds it against Jackson's own mapper. */
final class JsonTreeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "\"\"",
        "{\"a\":{\"b\":[1,-2,2147483648,92233720368547758080,1.5,1e300,true,false,null,\"x\"]}}",
        "{\"a\":1,\"a\":2}",
        "\"\\u0000\\u001f\\n\\\"\\\\/ \u00e4 \u20ac \ud83d\ude00\"",
        " {\"a\" : 1} trailing",
      })
  void read_givesWhatTheMapperGives(String json) throws IOException {
    JsonNode expected = MAPPER.readTree(json);
    assertEquals(expected, JsonTree.read(json));
    assertEquals(expected, JsonTree.read(json.getBytes(StandardCharsets.UTF_8)));
    assertEquals(MAPPER.writeValueAsString(expected), JsonTree.text(expected));
    assertArrayEquals(MAPPER.writeValueAsBytes(expected), JsonTree.bytes(expected));
  }

  @Test
  void text_writesEachKindOfNumber() throws IOException {
    ObjectNode numbers = JsonNodeFactory.instance.objectNode();
    numbers.put("short", (short) 1);
    numbers.put("float", 1.5f);
    numbers.put("double", 0.1);
    numbers.put("decimal", new BigDecimal("1.2300"));
    numbers.put("big", BigInteger.TEN.pow(30));
    assertEquals(MAPPER.writeValueAsString(numbers), JsonTree.text(numbers));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "{\"a\"}", "nul", "{\"a\":}", "\"", "{'a':1}", "\u0000"})
  void read_refusesWhatIsNoJson(String json) {
    assertThrows(JsonProcessingException.class, () -> JsonTree.read(json));
  }

  @Test
  void read_refusesVeryDeepNesting() {
    String deep = "[".repeat(100_000);
    assertThrows(JsonProcessingException.class, () -> JsonTree.read(deep));
  }

  @Test
  void read_givesAMissingNodeForNothing() throws IOException {
    assertTrue(JsonTree.read(" ").isMissingNode());
    assertTrue(JsonTree.read(new byte[0]).isMissingNode());
  }
}
