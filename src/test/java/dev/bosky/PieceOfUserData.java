package dev.bosky;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One row of {@code userdata/pieces.yaml}: user data, and what must be told of a boot with it.
 *
 * @param file the user data, beside the table
 * @param about what it does, for the reader of a failed test
 * @param verdict the outcome's
 * @param silent the outcome's: cloud-init reported no error
 * @param line the first line of the outcome's evidence, where {@code …} stands for any text; empty
 *     if there must be none
 * @param exitCode of what failed, where the outcome must tell it; 0: not looked at
 * @param needs programs it calls that a small machine may not have
 * @param reboots it reboots the machine: there is a second boot on the same disk, which ends well
 * @param timeout the agent's {@code --timeout}; empty for its default
 */
record PieceOfUserData(
    @JsonProperty(required = true) String file,
    @JsonProperty(required = true) String about,
    @JsonProperty(required = true) String verdict,
    boolean silent,
    String line,
    int exitCode,
    List<String> needs,
    boolean reboots,
    String timeout) {

  private static final Path FOLDER = Path.of("src/test/resources/dev/bosky/userdata");

  PieceOfUserData {
    line = Objects.requireNonNullElse(line, "");
    needs = needs == null ? List.of() : List.copyOf(needs);
    timeout = Objects.requireNonNullElse(timeout, "");
  }

  static List<PieceOfUserData> all() throws IOException {
    return new ObjectMapper(new YAMLFactory())
        .readValue(FOLDER.resolve("pieces.yaml").toFile(), new TypeReference<>() {});
  }

  byte[] text() throws IOException {
    return Files.readAllBytes(FOLDER.resolve(file));
  }

  /** The agent's options for it. */
  String[] options() {
    return ends() ? new String[0] : new String[] {"--timeout", timeout};
  }

  /** Whether cloud-init comes to its end. */
  boolean ends() {
    return timeout.isEmpty();
  }

  boolean hasLine(String told) {
    String[] parts = line.split("…", -1);
    StringBuilder expression = new StringBuilder(Pattern.quote(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      expression.append(".*").append(Pattern.quote(parts[i]));
    }
    return told.matches(expression.toString());
  }

  @Override
  public String toString() {
    return file + ": " + about;
  }
}
