package dev.millrace.benchmarks.scale;

import dev.millrace.benchmarks.events.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The events' contract with as many fields as the generator has. */
final class ShapedContract {
  private static final String PROPERTY = "      - name: ";
  private static final String AFTER = "    customProperties:\n";
  private static final String NUMBER =
      """
            - name: attribute_%s
              logicalType: integer
              required: true
              logicalTypeOptions:
                minimum: 0
                maximum: 999999
      """;
  private static final String TEXT =
      """
            - name: attribute_%s
              logicalType: string
              required: true
              logicalTypeOptions:
                minLength: 8
                maxLength: 8
      """;

  private ShapedContract() {}

  /** Writes the contract of events of a shape, and returns the file. */
  static Path write(Path contract, Shape shape, Path folder) throws IOException {
    String text = Files.readString(contract);
    for (String field : shape.leftOut()) {
      text = without(field, text, contract);
    }
    int at = start(AFTER, text, contract);
    StringBuilder properties = new StringBuilder();
    for (int number = 1; number <= shape.attributes(); number++) {
      properties.append((number % 2 == 1 ? NUMBER : TEXT).formatted(number));
    }
    Path shaped = folder.resolve("events-" + shape.fields() + ".odcs.yaml");
    return Files.writeString(shaped, text.substring(0, at) + properties + text.substring(at));
  }

  /** A property goes on up to the next, or to what comes after all of them. */
  private static String without(String field, String text, Path contract) throws IOException {
    int from = start(PROPERTY + field + "\n", text, contract);
    int next = text.indexOf(PROPERTY, from + 1);
    int to = next < 0 ? start(AFTER, text, contract) : next;
    return text.substring(0, from) + text.substring(to);
  }

  private static int start(String part, String text, Path contract) throws IOException {
    int at = text.indexOf(part);
    if (at < 0) {
      throw new IOException("Cannot find '%s' in %s".formatted(part.strip(), contract));
    }
    return at;
  }
}
