package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.FLIGHTS;
import static dev.millrace.stages.contract.Contracts.flights;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.stages.contract.odcs.ContractException;
import dev.millrace.stages.contract.odcs.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are made to exhaust a reader fail with one clear line, and soon. */
@Timeout(20)
class HugeContractTest {
  private static final String PATTERN = " (at schema[0].properties[3].logicalTypeOptions.pattern)";

  @Test
  void refusesNestingThatIsTooDeep() {
    String brackets = "[".repeat(10_000) + "]".repeat(10_000);
    assertThat(
        errors(FLIGHTS + "customProperties: [{property: deep, value: " + brackets + "}]\n"),
        contains("x:26: Cannot read YAML: it is nested deeper than 100 levels"));
  }

  @Test
  void refusesAnAliasOfItself() {
    assertThat(
        errors(FLIGHTS + "customProperties: [{property: loop, value: &a [*a]}]\n"),
        contains("x:26: Cannot read YAML: an alias stands for what it is in"));
  }

  @Test
  void refusesAliasesThatMultiply() {
    StringBuilder yaml = new StringBuilder(FLIGHTS + "customProperties:\n");
    yaml.append("- {property: p, value: &a0 [x, x]}\n");
    for (int i = 1; i < 40; i++) {
      yaml.append("- {property: p, value: &a%d [*a%d, *a%d]}\n".formatted(i, i - 1, i - 1));
    }
    assertThat(
        errors(yaml.toString()),
        contains("x:46: Cannot read YAML: its aliases stand for too much"));
  }

  @Test
  void refusesAliasesThatNest() {
    StringBuilder yaml = new StringBuilder(FLIGHTS + "customProperties:\n");
    yaml.append("- {property: p, value: &a0 [x]}\n");
    for (int i = 1; i < 5_000; i++) {
      yaml.append("- {property: p, value: &a%d [*a%d]}\n".formatted(i, i - 1));
    }
    assertThat(
        errors(yaml.toString()),
        contains("x:125: Cannot read YAML: its aliases stand for too much"));
  }

  @Test
  void takesAliasesAsWhatTheyStandFor() {
    String yaml =
        FLIGHTS
            .replace("logicalType: number", "logicalType: &text string")
            .replace(
                "name: origin\n        logicalType: string",
                "name: origin\n        logicalType: *text");
    assertThat(errors(yaml), empty());
  }

  @Test
  void refusesAFileThatIsTooLarge(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("large.yaml"), new byte[(3 << 20) + 1]);
    ContractException e = assertThrows(ContractException.class, () -> Contract.read(file));
    assertThat(
        e.getMessage(), is("Cannot read contract %s: it is larger than 3 MiB".formatted(file)));
  }

  @Test
  void refusesTextThatIsTooLarge() {
    List<String> errors = errors("#" + "x".repeat(4 << 20));
    assertThat(errors, contains("x:1: Cannot read contract: it is larger than 3 MiB"));
  }

  @Test
  void refusesAPatternOfAMegabyte() {
    String shown = "a".repeat(80) + "...";
    assertThat(
        errors(pattern("a".repeat(1 << 20))),
        contains(
            "x:23: Invalid pattern: %s (expected a regular expression of at most 10000 characters)"
                    .formatted(shown)
                + PATTERN));
  }

  @Test
  void survivesAPatternOfGroupsInGroups() {
    List<String> errors = errors(pattern("(".repeat(4_900) + ")".repeat(4_900)));
    assertThat(errors.size(), lessThan(2));
  }

  @Test
  void refusesNumbersWithTooManyDigits() {
    String yaml =
        flights("maximum: 720", "maximum: 1e999999999")
            .replace("minimum: -120", "multipleOf: 1e-99999");
    assertThat(
        errors(yaml),
        contains(
            "x:17: Invalid multipleOf: 1e-99999 (expected a number above 0)"
                + " (at schema[0].properties[1].logicalTypeOptions.multipleOf)",
            "x:18: Invalid maximum: 1e999999999 (expected a number)"
                + " (at schema[0].properties[1].logicalTypeOptions.maximum)"));
  }

  @Test
  void listsTheFirstOfTooManyErrors() {
    assertThat(errors(FLIGHTS + "tags: [" + "1, ".repeat(200_000) + "1]\n"), hasSize(1_000));
  }

  @Test
  void showsTheBeginningOfALongKey() {
    List<String> errors = errors(FLIGHTS + "\"" + "k".repeat(500_000) + "\": 1\n");
    assertThat(errors, hasSize(1));
    assertThat(errors.get(0).length(), lessThan(1_000));
  }

  @Test
  void readsTenThousandFields() {
    StringBuilder yaml = new StringBuilder(FLIGHTS.substring(0, FLIGHTS.indexOf("    customP")));
    for (int i = 0; i < 10_000; i++) {
      yaml.append("      - {name: f%d, logicalType: string, unique: true}\n".formatted(i));
    }
    yaml.append(FLIGHTS.substring(FLIGHTS.indexOf("    customP")));
    assertThat(Contracts.parse(yaml.toString()).rules(), hasSize(10_004));
  }

  private static String pattern(String expression) {
    return flights(
        "logicalType: string",
        "logicalType: string\n        logicalTypeOptions: {pattern: '%s'}".formatted(expression));
  }

  private static List<String> errors(String yaml) {
    return Lint.of("x", yaml).errors().stream().map(Finding::toString).toList();
  }
}
