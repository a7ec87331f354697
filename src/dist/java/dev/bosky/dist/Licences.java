package dev.bosky.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/**
 * Whose work is in the archive, and under which terms: the list of materials, one line a library,
 * and each library's licence and notice, as they stand in its jar or, where they do not, in {@code
 * src/dist/licences}. The runtime has its own folder for this. A library of which nothing is left in
 * the small jar is not listed.
 *
 * @param folder where it goes
 * @param texts the licences of libraries whose jars have none
 */
record Licences(Path folder, Path texts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Writes it.
   *
   * @param libraries all jars that the program was made of
   * @param sbom what the build knows of these, in CycloneDX's form
   * @param small the jar of the archive
   * @param jdk whose runtime is in the archive
   */
  void write(List<Path> libraries, Path sbom, Path small, Jdk jdk) throws IOException {
    Files.createDirectories(folder);
    Set<String> used = new TreeSet<>();
    Set<String> inside = classes(small);
    for (Path library : libraries) {
      Set<String> theirs = classes(library);
      theirs.retainAll(inside);
      if (!theirs.isEmpty()) {
        used.add(name(library));
      }
    }
    if (!Files.exists(sbom)) {
      throw new BuildException(sbom + ": not there; Maven makes it only when it is not --offline");
    }
    ObjectNode materials = (ObjectNode) JSON.readTree(sbom.toFile());
    drop(materials, used);
    if (materials.path("components").size() != used.size()) {
      throw new BuildException(sbom + ": of other libraries than the jar; mvn clean makes it anew");
    }
    materials.withArray("components").add(runtime(jdk));
    Files.writeString(
        folder.resolve("sbom.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(materials) + "\n");
    Files.write(folder.resolve("THIRD-PARTY.txt"), lines(materials));
    for (Path library : libraries) {
      if (used.contains(name(library))) {
        copyTerms(library, materials);
      }
    }
  }

  /** What is not in the small jar, and who depends on it. */
  private static void drop(ObjectNode materials, Set<String> used) {
    Set<String> gone = new TreeSet<>();
    for (Iterator<JsonNode> all = materials.path("components").elements(); all.hasNext(); ) {
      JsonNode component = all.next();
      if (!used.contains(name(component))) {
        gone.add(component.path("bom-ref").asText());
        all.remove();
      }
    }
    for (Iterator<JsonNode> all = materials.path("dependencies").elements(); all.hasNext(); ) {
      JsonNode dependency = all.next();
      if (gone.contains(dependency.path("ref").asText())) {
        all.remove();
      }
      for (Iterator<JsonNode> on = dependency.path("dependsOn").elements(); on.hasNext(); ) {
        if (gone.contains(on.next().asText())) {
          on.remove();
        }
      }
    }
  }

  private static ObjectNode runtime(Jdk jdk) throws IOException {
    String version = jdk.fact("JAVA_VERSION");
    ObjectNode component = JSON.createObjectNode();
    component.put("type", "platform");
    component.put("bom-ref", "pkg:generic/openjdk@" + version);
    component.put("publisher", jdk.fact("IMPLEMENTOR"));
    component.put("name", "openjdk");
    component.put("version", version);
    component
        .putArray("licenses")
        .addObject()
        .put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
    component.put("purl", "pkg:generic/openjdk@" + version);
    return component;
  }

  private static List<String> lines(JsonNode sbom) {
    List<String> lines = new ArrayList<>();
    for (JsonNode component : sbom.path("components")) {
      String group = component.path("group").asText();
      lines.add(
          "%s%s %s: %s"
              .formatted(
                  group.isEmpty() ? "" : group + ":",
                  component.path("name").asText(),
                  component.path("version").asText(),
                  licences(component)));
    }
    lines.sort(null);
    return lines;
  }

  private static String licences(JsonNode component) {
    List<String> licences = new ArrayList<>();
    for (JsonNode choice : component.path("licenses")) {
      JsonNode licence = choice.path("license");
      licences.add(
          licence.path("id").asText(licence.path("name").asText(choice.path("expression").asText())));
    }
    return String.join(", ", licences);
  }

  private void copyTerms(Path library, JsonNode materials) throws IOException {
    Path terms = Files.createDirectories(folder.resolve(name(library)));
    boolean licensed = false;
    try (JarFile jar = new JarFile(library.toFile())) {
      for (ZipEntry entry : jar.stream().filter(Licences::isTerms).toList()) {
        Path copy = terms.resolve(Path.of(entry.getName()).getFileName());
        Files.write(copy, jar.getInputStream(entry).readAllBytes());
        licensed |= copy.getFileName().toString().startsWith("LICENSE");
      }
    }
    if (!licensed) {
      Files.copy(text(library, materials), terms.resolve("LICENSE.txt"));
    }
  }

  /** The terms of a library that does not bring them: by its own name, or by that of its licence. */
  private Path text(Path library, JsonNode materials) {
    for (JsonNode component : materials.path("components")) {
      if (name(component).equals(name(library))) {
        for (String name : List.of(component.path("name").asText(), licences(component))) {
          Path text = texts.resolve(name + ".txt");
          if (Files.exists(text)) {
            return text;
          }
        }
      }
    }
    throw new BuildException(
        "%s: no licence in it; put its text into %s".formatted(library.getFileName(), texts));
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String name(Path library) {
    return library.getFileName().toString().replaceFirst("\\.jar$", "");
  }

  private static String name(JsonNode component) {
    return component.path("name").asText() + "-" + component.path("version").asText();
  }

  private static boolean isTerms(ZipEntry entry) {
    return entry.getName().matches("(META-INF/)?(LICENSE|NOTICE)[^/]*");
  }
}
