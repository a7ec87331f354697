package dev.bosky.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema for editors says the same as the loader, as far as a schema can. */
class PatternSchemaTest {
  private static final Path PATTERNS = Path.of("patterns");
  private static final String HEAD = "pack: p\nmarkers:\n  - {id: a, status: fail, match: 'x y'";

  private static JsonSchema schema;

  @TempDir private Path folder;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = Files.newInputStream(PATTERNS.resolve("patterns.schema.json"))) {
      schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    }
  }

  static Stream<Path> packs() throws IOException {
    try (Stream<Path> files = Files.list(PATTERNS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("packs")
  void pack_conformsAndNamesIt(Path pack) throws IOException {
    String text = Files.readString(pack);
    assertEquals(Set.of(), schema.validate(yaml(text)));
    assertTrue(text.startsWith("# yaml-language-server: $schema=patterns.schema.json\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pack: p\n",
        "markers: []\n",
        "pack: 'a b'\nmarkers: []\n",
        "pack: bosky\nmarkers: []\n",
        "pack: p\nmarkerz: []\n",
        "pack: p\nmarkers: [{id: a, status: fail}]\n",
        "pack: p\nmarkers: [{id: a, match: 'x y'}]\n",
        "pack: p\nmarkers: [{status: fail, match: 'x y'}]\n",
        "pack: p\nmarkers: [{id: a, status: bad, match: 'x y'}]\n",
        HEAD + ", colour: red}\n",
        HEAD + ", context: 51}\n",
        HEAD + ", limit: 0}\n",
        HEAD + ", stages: [final]}\n",
        HEAD + ", logs: [relative.log]}\n",
        HEAD + ", decisive: perhaps}\n",
        HEAD + ", required: end}\n",
        HEAD + ", examples: {matches: ['x y']}}\n",
        "pack: p\nmarkers: [{id: a, status: info, match: 'x y', cleared_by: 'z z'}]\n",
        "pack: p\nmarkers: [{id: a, status: info, match: 'x y', decisive: true}]\n",
        "pack: p\nmarkers: [{id: a, status: info, match: 'x y', required: soon}]\n",
        "pack: p\nmarkers: [{id: a, status: info, match: 'x y', required: 0m}]\n",
        "pack: p\nmarkers: [{id: a, status: ignore, match: 'x y', message: 'm m'}]\n",
        "pack: p\nmarkers: [{id: a, status: ignore, match: 'x y', limit: 3}]\n"
      })
  void schema_andLoader_refuse(String text) throws IOException {
    assertFalse(schema.validate(yaml(text)).isEmpty(), "the schema takes it");
    assertFalse(load(text), "the loader takes it");
  }

  @Test
  void schema_andLoader_takeEveryKey() throws IOException {
    String text =
        """
        pack: p
        team: payments
        project: checkout
        logs: [output, cloud-init, /var/log/app.log]
        define: {path: '/\\S+'}
        disable: [ruby/*]
        mask: ['(?P<secret>sk-[a-z0-9]{20})']
        markers:
          - id: a
            status: fail
            match: '^cannot open ${path} for (?P<who>\\S+)'
            message: 'cannot open for ${who}'
            decisive: if-unhandled
            stages: [modules-config, modules-final]
            logs: [output]
            cleared_by: '^opened for ${who}$'
            until: '^done$'
            context: 3
            limit: 7
            examples: {match: ['cannot open /x for me'], ignore: ['can open /x for me']}
          - {id: b, status: success, match: '^ready at \\d+$', required: 10m}
          - {id: c, status: ignore, match: '^cannot open /dev/null for'}
        """;
    assertEquals(Set.of(), schema.validate(yaml(text)));
    assertTrue(load(text));
  }

  private static JsonNode yaml(String text) throws IOException {
    return new YAMLMapper().readTree(text);
  }

  private boolean load(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), text);
    List<Problem> problems = new ArrayList<>();
    problems.addAll(PatternLoader.load(List.of(PatternSource.given(file))).problems());
    return problems.stream().noneMatch(Problem::isError);
  }
}
