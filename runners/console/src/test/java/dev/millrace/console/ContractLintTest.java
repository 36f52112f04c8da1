package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ContractLintTest {
  private static final String GOOD =
      """
      version: 1.0.0
      apiVersion: v3.1.0
      kind: DataContract
      id: airports
      status: active
      schema:
        - name: airports
          properties:
            - name: code
              logicalType: string
          customProperties:
            - property: millrace.eventTimeField
              value: code
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("airports.odcs.yaml"), GOOD);
  }

  @Test
  void saysThatNothingIsWrong() {
    assertThat(lint(file.toString()), is(0));
    assertThat(out.toString(), is("0 errors, 0 notes\n"));
    assertThat(err.toString(), is(emptyString()));
  }

  @Test
  void listsTheErrorsOfAllFilesAndThenTheNotes() throws IOException {
    Path other = folder.resolve("other.odcs.yaml");
    Files.writeString(other, GOOD.replace("status: active\n", ""));
    Files.writeString(file, GOOD.replace("millrace.eventTimeField", "mine").replace("1.0.0", "1"));

    assertThat(lint(file.toString(), other.toString()), is(1));
    assertThat(
        out.toString(),
        is(
            """
            FOLDER/airports.odcs.yaml:1: Invalid version: 1 (expected text: put it in quotes) (at version)
            FOLDER/other.odcs.yaml:1: Missing required value: status
            FOLDER/airports.odcs.yaml:7: Cannot run: missing required value: millrace.eventTimeField \
            (expected the name of the field that says when a record happened, in customProperties) (at schema[0])
            2 errors, 1 note
            """
                .replace("FOLDER", folder.toString())));
  }

  @Test
  void notesTheSqlThatNoRunExecutesAndWhy() throws IOException {
    Files.writeString(
        file,
        GOOD
            + """
                quality:
                  - {type: sql, query: CHAR_LENGTH(code) = 3, mustBe: true}
                  - {type: sql, query: 'SELECT COUNT(*) FROM ${table}', mustBeGreaterThan: 0}
                  - {type: sql, query: CHAR_LENGTH(cod) = 3, mustBe: true}
                  - {type: sql, query: 'CHAR_LENGTH(code = 3', mustBe: true}
            """);

    assertThat(lint(file.toString()), is(0));
    assertThat(
        out.toString(),
        is(
            """
            FILE:16: Not executed: sql rule: it is a query, not a condition on one record \
            (at schema[0].quality[1])
            FILE:17: Not executed: sql rule: unknown field cod (at schema[0].quality[2])
            FILE:18: Not executed: sql rule: encountered "<EOF>" at line 1, column 20 \
            (at schema[0].quality[3])
            0 errors, 3 notes
            """
                .replace("FILE", file.toString())));
  }

  @Test
  void isContentWithNotes() throws IOException {
    Files.writeString(file, GOOD.replace("millrace.eventTimeField", "mine"));
    assertThat(lint(file.toString()), is(0));
  }

  @Test
  void printsNothingButTheFindingsAsJsonIfAsked() throws IOException {
    Files.writeString(file, GOOD.replace("logicalType: string", "logicalTyp: string"));

    assertThat(lint("--json", file.toString()), is(1));
    assertThat(
        out.toString(),
        is(
            """
            {
              "errors" : [ {
                "kind" : "error",
                "file" : "FOLDER/airports.odcs.yaml",
                "line" : 10,
                "path" : "schema[0].properties[0].logicalTyp",
                "message" : "Unknown key: logicalTyp (did you mean logicalType?)"
              } ],
              "notes" : [ {
                "kind" : "unusable",
                "file" : "FOLDER/airports.odcs.yaml",
                "line" : 9,
                "path" : "schema[0].properties[0]",
                "message" : "Cannot run: missing required value: logicalType \
            (expected string, integer, number, boolean, date, time, timestamp, object or array)"
              } ]
            }
            """
                .replace("FOLDER", folder.toString())));
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(lint(folder.resolve("absent.yaml").toString()), is(2));
    assertThat(
        err.toString(),
        is("Cannot read contract %s/absent.yaml: no such file\n".formatted(folder)));
  }

  @Test
  void refusesToLintNothing() {
    assertThat(lint(), is(2));
    assertThat(
        err.toString(),
        is("Missing required parameter: 'FILE'\nSee 'millrace contract lint --help'\n"));
  }

  @Test
  void helpsWhoGivesNoVerbOfContracts() {
    assertThat(millrace("contract"), is(2));
    assertThat(
        err.toString().lines().findFirst().orElse(""), is("Usage: millrace contract [-hV] VERB"));
  }

  private int lint(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "contract";
    all[1] = "lint";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return millrace(all);
  }

  private int millrace(String... arguments) {
    CommandLine command = Millrace.command();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
