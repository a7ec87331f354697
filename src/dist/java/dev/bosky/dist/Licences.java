package dev.bosky.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Whose work is in the jar, and under which terms: the list of materials, one line a library, and each
 * library's own licence and notice as they stand in its jar. The runtime has its own folder for this.
 *
 * @param folder where it goes
 */
record Licences(Path folder) {
  /**
   * Writes it.
   *
   * @param libraries their jars, with {@code :} between
   * @param sbom the list of materials in CycloneDX's form
   */
  void write(String libraries, Path sbom) throws IOException {
    Files.createDirectories(folder);
    Files.copy(sbom, folder.resolve("sbom.json"));
    Files.write(folder.resolve("THIRD-PARTY.txt"), lines(new ObjectMapper().readTree(sbom.toFile())));
    for (String library : libraries.split(File.pathSeparator)) {
      if (library.endsWith(".jar")) {
        copyTerms(Path.of(library));
      }
    }
  }

  private static List<String> lines(JsonNode sbom) {
    List<String> lines = new ArrayList<>();
    for (JsonNode component : sbom.path("components")) {
      List<String> licences = new ArrayList<>();
      for (JsonNode choice : component.path("licenses")) {
        JsonNode licence = choice.path("license");
        licences.add(
            licence.path("id").asText(licence.path("name").asText(choice.path("expression").asText())));
      }
      lines.add(
          "%s:%s %s: %s"
              .formatted(
                  component.path("group").asText(),
                  component.path("name").asText(),
                  component.path("version").asText(),
                  String.join(", ", licences)));
    }
    lines.sort(null);
    return lines;
  }

  private void copyTerms(Path library) throws IOException {
    String name = library.getFileName().toString().replaceFirst("\\.jar$", "");
    try (JarFile jar = new JarFile(library.toFile())) {
      for (ZipEntry entry : jar.stream().filter(Licences::isTerms).toList()) {
        Path copy = folder.resolve(name).resolve(Path.of(entry.getName()).getFileName());
        Files.createDirectories(copy.getParent());
        Files.write(copy, jar.getInputStream(entry).readAllBytes());
      }
    }
  }

  private static boolean isTerms(ZipEntry entry) {
    return entry.getName().matches("(META-INF/)?(LICENSE|NOTICE)[^/]*");
  }
}
