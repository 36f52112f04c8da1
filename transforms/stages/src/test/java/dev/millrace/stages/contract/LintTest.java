package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.FLIGHTS;
import static dev.millrace.stages.contract.Contracts.flights;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.stages.contract.odcs.ContractException;
import dev.millrace.stages.contract.odcs.Finding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintTest {
  @Test
  void hasNothingToSayOfAGoodContract() {
    assertThat(lint(FLIGHTS).findings(), empty());
  }

  @Test
  void notesWhatOnlyARunDemands() {
    Lint lint =
        lint(
            flights("apiVersion: v3.1.0", "apiVersion: v2.2.2")
                .replace("millrace.eventTimeField", "mine")
                .replace("logicalType: string", "logicalType: array")
                .replace("logicalType: number", "physicalType: float"));

    assertThat(lint.errors(), empty());
    assertThat(
        lines(lint.notes()),
        contains(
            "x:2: Cannot run: cannot read apiVersion v2.2.2: this version reads v3.0 and v3.1"
                + " (at apiVersion)",
            "x:8: Cannot run: missing required value: millrace.eventTimeField"
                + " (expected the name of the field that says when a record happened, in customProperties) (at schema[0])",
            "x:19: Cannot run: missing required value: logicalType (expected string, integer,"
                + " number, boolean, date, time, timestamp, object or array)"
                + " (at schema[0].properties[2])",
            "x:21: Cannot run: missing required value: items (at schema[0].properties[3])"));
  }

  @Test
  void notesWhatIsNotChecked() {
    String rule = "logicalType: string\n        quality: [{type: text, description: Known}]";
    Lint lint = lint(flights("logicalType: string", rule));

    assertThat(lint.errors(), empty());
    assertThat(
        lines(lint.notes()),
        contains("x:23: Not executed: text rule (at schema[0].properties[3].quality[0])"));
  }

  @Test
  void notesWhatIsNotOfItsFormat() {
    Lint lint =
        lint(
            FLIGHTS
                + "contractCreatedTs: yesterday\n"
                + "servers: [{server: a, type: api, location: here}]\n"
                + "team: {members: [{username: a, dateIn: '2001-02-30'}]}\n");

    assertThat(lint.errors(), empty());
    assertThat(
        lines(lint.notes()),
        contains(
            "x:26: contractCreatedTs is yesterday, which is not a time such as"
                + " 2001-01-15T07:30:00Z (at contractCreatedTs)",
            "x:27: location is here, which is not a URI (at servers[0].location)",
            "x:28: dateIn is 2001-02-30, which is not a date such as 2001-01-15"
                + " (at team.members[0].dateIn)"));
  }

  @Test
  void readsAllSchemaObjects() {
    String two =
        FLIGHTS
            + "  - name: airports\n"
            + "    properties: [{name: code, logicalType: string,"
            + " logicalTypeOptions: {pattern: 'a('}}]\n";
    assertThat(
        lines(lint(two).errors()),
        contains(
            "x:27: Invalid pattern: a( (expected a regular expression: Unclosed group at"
                + " character 2) (at schema[1].properties[0].logicalTypeOptions.pattern)"));
  }

  @Test
  void findsThatADocumentIsNotYaml() {
    assertThat(
        lint("id: [1, 2\nname: x\n").findings(),
        contains(
            new Finding(
                Finding.Kind.ERROR,
                "x",
                2,
                "Cannot read YAML: expected ',' or ']', but got :",
                "")));
  }

  @Test
  void failsWithoutAFile(@TempDir Path folder) {
    Path file = folder.resolve("absent.yaml");
    ContractException e = assertThrows(ContractException.class, () -> Lint.of(file));
    assertThat(e.getMessage(), is("Cannot read contract %s: no such file".formatted(file)));
  }

  private static Lint lint(String yaml) {
    return Lint.of("x", yaml);
  }

  private static List<String> lines(List<Finding> findings) {
    return findings.stream().map(Finding::toString).toList();
  }
}
