package dev.bosky.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bosky.testing.CommandResult;
import dev.bosky.testing.TestMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCommandTest {
  @TempDir Path root;

  @Test
  void call_printsTheSchemaOfTheDetail() throws IOException {
    CommandResult result = new TestMachine(root).run("schema");

    assertEquals(0, result.exitCode(), result.err());
    JsonNode schema = new ObjectMapper().readTree(result.out());
    assertEquals("object", schema.path("type").asText());
    assertEquals("string", schema.at("/properties/Message/type").asText());
  }

  @Test
  void call_withPatterns_printsTheSchemaOfPatternFiles() throws IOException {
    CommandResult result = new TestMachine(root).run("schema", "--patterns");

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(Files.readString(Path.of("patterns/patterns.schema.json")), result.out());
  }
}
