package dev.millrace.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The events' contract with further fields, as the generator has them. */
final class WideContract {
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

  private WideContract() {}

  /** Writes a contract with so many further fields, and returns the file. */
  static Path write(Path contract, int attributes, Path folder) throws IOException {
    String text = Files.readString(contract);
    int at = text.indexOf(AFTER);
    if (at < 0) {
      throw new IOException("Cannot add fields to " + contract + ": it has no custom properties");
    }
    StringBuilder properties = new StringBuilder();
    for (int number = 1; number <= attributes; number++) {
      properties.append((number % 2 == 1 ? NUMBER : TEXT).formatted(number));
    }
    Path wide = folder.resolve("events-" + attributes + ".odcs.yaml");
    return Files.writeString(wide, text.substring(0, at) + properties + text.substring(at));
  }
}
