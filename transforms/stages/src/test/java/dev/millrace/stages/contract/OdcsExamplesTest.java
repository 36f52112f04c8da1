package dev.millrace.stages.contract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The standard's own examples, where the folder {@code odcs.examples} has them. */
class OdcsExamplesTest {
  private static final Path FOLDER = Path.of(System.getProperty("odcs.examples", "odcs-examples"));
  private static final String NO_EVENT_TIME =
      "Missing required value: millrace.eventTimeField (expected the field of the event time)"
          + " (at schema[0])";
  private static final String NO_OBJECT =
      "Invalid schema: an empty list (expected one object) (at schema)";

  private static final Map<String, List<String>> EXPECTED =
      Map.ofEntries(
          Map.entry(
              "all-data-types",
              List.of(
                  NO_EVENT_TIME,
                  unsupported("time", 4),
                  unsupported("array", 8),
                  unsupported("object", 9))),
          Map.entry(
              "all-schema-types",
              List.of(
                  NO_EVENT_TIME,
                  "Cannot use 3 schema objects: this version reads one (at schema[1])")),
          Map.entry("azure-server", List.of("Missing required value: schema")),
          Map.entry("basic-four-dpo", List.of(NO_OBJECT)),
          Map.entry("column-accuracy", List.of(NO_EVENT_TIME)),
          Map.entry("column-completeness", List.of(NO_EVENT_TIME)),
          Map.entry("column-custom", List.of(NO_EVENT_TIME)),
          Map.entry("database-table-sla", List.of(NO_OBJECT)),
          Map.entry(
              "full-example",
              List.of(
                  NO_EVENT_TIME,
                  "Cannot use 2 schema objects: this version reads one (at schema[1])")),
          Map.entry("kafka-schema", List.of(NO_EVENT_TIME)),
          Map.entry(
              "kafka-server",
              List.of("Missing required value: properties (at schema[0])", NO_EVENT_TIME)),
          Map.entry("service-and-operational-roles", List.of(NO_OBJECT)),
          Map.entry("table-column", List.of(NO_EVENT_TIME)),
          Map.entry("table-column-description", List.of(NO_EVENT_TIME)));

  @Test
  void failOnlyForWhatThisVersionNames() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER));
    Map<String, List<String>> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        ContractException e = assertThrows(ContractException.class, () -> Contract.read(file));
        found.put(
            file.getFileName().toString().replace(".odcs.yaml", ""),
            e.errors().stream().map(line -> line.replaceFirst("^.*?:\\d+: ", "")).toList());
      }
    }
    assertThat(found, is(new TreeMap<>(EXPECTED)));
  }

  private static String unsupported(String type, int property) {
    return "Cannot read logicalType %s: this version reads string, integer, number, boolean,"
            .formatted(type)
        + " date and timestamp (at schema[0].properties[%d].logicalType)".formatted(property);
  }
}
