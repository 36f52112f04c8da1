package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ContractInferTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void draftsTheFlights() throws IOException {
    String yaml = drafted(ROOT + "/testdata/flights/*.gz");
    assertThat(yaml, startsWith("# A draft from 228,738 records: "));
    assertThat(yaml, containsString("\nid: flights\n"));
    assertThat(
        yaml,
        containsString(
            lines(
                "    # Key: none, no field and no two fields differ in all records",
                "    # 14 records are exact copies of others, which the key leaves aside",
                "    properties:",
                "      - name: date",
                "        logicalType: timestamp",
                "        required: true",
                "        # From 2001-01-01T00:01:00Z to 2001-01-14T23:59:00Z",
                "      - name: delay",
                "        logicalType: integer",
                "        required: true",
                "        # logicalTypeOptions: {minimum: -80, maximum: 1575}")));
    assertThat(yaml, endsWith(eventTime("date", "", "2001", "2011")));
  }

  @Test
  void draftsTheEarthquakes() throws IOException {
    String yaml = drafted(shared("earthquakes/earthquakes.ndjson").toString());
    assertThat(
        yaml,
        containsString(
            lines(
                "      - name: id",
                "        logicalType: string",
                "        required: true",
                "        primaryKey: true")));
    assertThat(
        yaml,
        containsString(
            lines(
                "      - name: felt",
                "        logicalType: integer",
                "        # logicalTypeOptions: {minimum: 0, maximum: 935}")));
    assertThat(yaml, endsWith(eventTime("time", "epochMillis", "2018", "2028")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "parquet"})
  void draftsOrdersOfAnyFormat(String format) throws IOException {
    String yaml = drafted(ROOT + "/testdata/formats/orders." + format);
    assertThat(yaml, startsWith("# A draft from 6 records: "));
    assertThat(yaml, containsString("- name: at\n        logicalType: timestamp\n"));
    assertThat(yaml, containsString("- name: opens\n        logicalType: time\n"));
    assertThat(yaml, containsString("- name: born\n            logicalType: date\n"));
  }

  @Test
  void draftsTheAirportsWhichHaveNoTime() throws IOException {
    Path draft = folder.resolve("airports.yaml");
    Path airports = ROOT.resolve("testdata/flights/airports.csv");
    assertThat(infer("--input=" + airports, "--output=" + draft), is(0));
    assertThat(
        out.toString(),
        endsWith(
            """
             records
            No field looks like the event time, which a run and a test need: name one in the draft,
            as millrace.eventTimeField. What records only refer to needs no contract: run with
            --refer=FIELD:FILE#COLUMN.
            """));
    assertThat(run("contract", "lint", draft.toString()), is(0));
    assertThat(out.toString(), containsString("0 errors, 1 note\n"));
    String yaml = Files.readString(draft);
    assertThat(yaml, containsString("- name: latitude\n        logicalType: number\n"));
    assertThat(
        yaml,
        endsWith(
            """
                # No field looks like the event time, which a run and a test need. To name one:
                # customProperties: [{property: millrace.eventTimeField, value: FIELD}]
                # What records only refer to needs no contract: run with --refer=FIELD:FILE#COLUMN
            """));
    assertThat(run("contract", "test", draft.toString(), "--input=" + airports), is(2));
    assertThat(
        err.toString(),
        containsString(
            "Missing required value: millrace.eventTimeField (expected the name of the field that"
                + " says when a record happened, in customProperties)"));
  }

  @Test
  void tellsTypesOfTextAsTheDecoderReadsThem() throws IOException {
    String yaml =
        drafted(
            write(
                "orders.csv",
                """
                id,at,day,count,price,zip,open,note,big,local
                a,2001-01-15T07:30:00Z,2001-01-15,1,1,007,true,,9223372036854775808,2001-01-15 07:30:00
                b,2001-01-15T07:30,2001-01-16,-2,1e3,100,false,"",1,2001-01-16 07:30:00
                """));
    assertThat(
        types(yaml),
        is(
            "id: string, at: timestamp, day: date, count: integer, price: number, zip: string,"
                + " open: boolean, note: string, big: number, local: timestamp"));
    assertThat(yaml, containsString("logicalTypeOptions: {format: \"yyyy-MM-dd HH:mm:ss\"}\n"));
    assertThat(yaml, containsString("        # logicalTypeOptions: {minimum: -2, maximum: 1}\n"));
    assertThat(
        yaml,
        containsString(
            "      - name: note\n        logicalType: string\n        examples: [\"\"]\n"));
  }

  @Test
  void tellsTypesOfJsonAndKeepsWhatIsOfSeveral() throws IOException {
    String yaml =
        drafted(
            write(
                "events.ndjson",
                """
                {"no":1,"created":1700000000,"size":1,"mixed":"a","text":"1","flag":true,"none":null}
                {"no":2,"created":1700000060,"size":1.0,"mixed":2,"text":"2","flag":false}
                {"no":3,"created":1700000120,"size":2,"mixed":[],"text":"3","flag":false,"":1}
                """));
    assertThat(
        types(yaml),
        is(
            "\"no\": integer, created: integer, size: number, text: string, flag: boolean,"
                + " none: string"));
    assertThat(yaml, containsString("      # Left out: mixed, whose values are not of one type\n"));
    assertThat(yaml, containsString("      # Left out: \"\", whose name is empty\n"));
    assertThat(
        yaml,
        endsWith(
            eventTime("created", "epochSeconds", "2023", "2033")
                + "      - property: millrace.unknownFields\n        value: keep\n"));
  }

  @Test
  void draftsNestedValues() throws IOException {
    Path input =
        write(
            "baskets.json",
            """
            [{"at":"2001-01-15T07:30:00Z","who":{"name":"a","age":3},"lines":[{"sku":"x","n":1}]},
             {"at":"2001-01-16T07:30:00Z","who":{"name":"b"},"lines":[]}]
            """);
    assertThat(infer("--input=" + input), is(0));
    assertThat(
        out.toString(),
        containsString(
            """
                  - name: who
                    logicalType: object
                    required: true
                    properties:
                      - name: name
                        logicalType: string
                        required: true
                        examples: [a, b]
                        # logicalTypeOptions: {minLength: 1, maxLength: 1}
                      - name: age
                        logicalType: integer
                        # logicalTypeOptions: {minimum: 3, maximum: 3}
                  - name: lines
                    logicalType: array
                    required: true
                    items:
                      logicalType: object
                      properties:
                        - name: sku
            """));
  }

  @Test
  void findsTwoFieldsThatAreAKeyTogetherWhateverCopiesThereAre() throws IOException {
    String line = "{\"order\":2,\"line\":2,\"time\":\"2001-01-15T07:30:00Z\"}\n";
    String yaml =
        drafted(
            write(
                "lines.ndjson",
                line
                    + line
                    + line.replace("2,\"line\":2", "1,\"line\":1")
                    + line.replace("2,\"line\":2", "1,\"line\":2")));
    assertThat(yaml, containsString("    # 1 record is an exact copy of another"));
    assertThat(
        yaml,
        containsString(
            lines(
                "- name: order",
                "        logicalType: integer",
                "        required: true",
                "        primaryKey: true",
                "        primaryKeyPosition: 1")));
    assertThat(yaml, containsString("        primaryKeyPosition: 2\n"));
  }

  @Test
  void givesASmallSetOfValuesThatCanBeUncommented() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      lines.append(
          "{\"id\":%d,\"at\":\"2001-01-15T07:30:00Z\",\"state\":\"%s\"}%n"
              .formatted(i, i % 2 == 0 ? "on" : "off"));
    }
    Path input = write("states.ndjson", lines.toString());
    String yaml = drafted(input);
    assertThat(yaml, containsString("arguments: {validValues: [\"off\", \"on\"]}\n"));

    Path strict = folder.resolve("strict.yaml");
    Files.writeString(strict, yaml.replaceAll("(?m)^( +)# (?=quality|logicalType|  )", "$1"));
    assertThat(run("contract", "test", strict.toString(), "--input=" + input), is(0));
    Files.writeString(input, lines.toString().replaceFirst("\"on\"", "\"dim\""));
    assertThat(run("contract", "test", strict.toString(), "--input=" + input), is(1));
    assertThat(out.toString(), containsString("1 would be rejected"));
  }

  @Test
  void looksAtNoMoreRecordsThanAskedFor() throws IOException {
    Path input = write("a.ndjson", "{\"n\":1}\n{\"n\":\"x\"}\n");
    assertThat(infer("--input=" + input, "--records=1", "--name=few"), is(0));
    assertThat(out.toString(), containsString("\nid: few\n"));
    assertThat(types(out.toString()), is("\"n\": integer"));
    assertThat(infer("--input=" + input, "--records=0"), is(2));
    assertThat(err.toString(), is("Invalid records: 0 (expected at least 1)\n"));
  }

  @Test
  void leavesOutWhatCannotBeReadAndSaysSo() throws IOException {
    Path input = write("a.ndjson", "{\"n\":1}\nnot json\n{\"n\":1,\"n\":2}\n");
    assertThat(infer("--input=" + input), is(0));
    assertThat(
        out.toString(),
        containsString(
            "# 2 more can't be read and would be rejected, the first at\n# %s @ 8: "
                .formatted(input)));
  }

  @Test
  void refusesWhatIsNothingToDraftFrom() throws IOException {
    assertThat(infer("--input=" + write("a.csv", "a,b\n")), is(2));
    assertThat(infer("--input=" + write("b.csv", "a,a\n1,2\n")), is(2));
    assertThat(infer("--input=" + write("c.csv", "a,b\n\"1\n")), is(2));
    assertThat(infer("--input=" + write("d.csv", "a,b\n\"1\"x,2\n")), is(2));
    assertThat(infer("--input=" + write("e.csv", "a,b\nx\"1,2\n")), is(2));
    assertThat(infer("--input=" + write("f.csv", "a,b\n1\n")), is(2));
    assertThat(infer("--input=" + write("g.ndjson", "[1]\n")), is(2));
    assertThat(infer("--input=" + write("h.ndjson", "{}\n")), is(2));
    assertThat(infer("--input=" + folder.resolve("h.ndjson"), "--name="), is(2));
    assertThat(
        err.toString(),
        is(
            """
            Cannot draft a contract: there is no record
            Cannot draft a contract: none of 1 records can be read, the first at F/b.csv @ 4: \
            the header names a column twice
            Cannot draft a contract: none of 1 records can be read, the first at F/c.csv @ 4: \
            unclosed quote
            Cannot draft a contract: none of 1 records can be read, the first at F/d.csv @ 4: \
            expected a delimiter after the quotes
            Cannot draft a contract: none of 1 records can be read, the first at F/e.csv @ 4: \
            quote inside of a field that is not quoted
            Cannot draft a contract: none of 1 records can be read, the first at F/f.csv @ 4: \
            expected 2 columns, found 1
            Cannot draft a contract: none of 1 records can be read, the first at F/g.ndjson @ 0: \
            not a JSON object
            Cannot draft a contract: the records have no fields
            Missing required value: name
            """
                .replace("F/", folder + "/")));
  }

  @Test
  void refusesFieldsWithoutEnd() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i <= 10_000; i++) {
      lines.append("{\"f%d\":1}\n".formatted(i));
    }
    assertThat(infer("--input=" + write("a.ndjson", lines.toString())), is(2));
    assertThat(
        err.toString(),
        is("Cannot draft a contract: there are more than 10000 fields, the last one f10000\n"));
  }

  @Test
  void replacesNoFile() throws IOException {
    Path input = write("a.ndjson", "{\"n\":1}\n");
    assertThat(infer("--input=" + input, "--output=" + input), is(2));
    assertThat(infer("--input=" + input, "--output=" + folder.resolve("no/a.yaml")), is(2));
    assertThat(
        err.toString(),
        is(
            """
            Cannot write %s: it exists (choose another file)
            Cannot write %s/no/a.yaml: its folder does not exist
            """
                .formatted(input, folder)));
    assertThat(Files.readString(input), is("{\"n\":1}\n"));
  }

  @Test
  void namesADraftAfterItsFileOrFolder() {
    assertThat(DraftName.of("in/web orders-2001-01-15.csv.gz"), is("web-orders"));
    assertThat(DraftName.of("orders/2001-*.ndjson"), is("orders"));
    assertThat(DraftName.of("/1/2.csv"), is("records"));
  }

  /** The draft, which lint has no word to say about and which rejects none of its records. */
  private String drafted(Object input) throws IOException {
    Path draft = folder.resolve("draft.odcs.yaml");
    assertThat(infer("--input=" + input, "--output=" + draft), is(0));
    assertThat(run("contract", "lint", draft.toString()), is(0));
    assertThat(out.toString(), endsWith("\n0 errors, 0 notes\n"));
    assertThat(run("contract", "test", draft.toString(), "--input=" + input), is(0));
    assertThat(out.toString(), endsWith(" + 0 would be rejected\n"));
    assertThat(err.toString(), is(emptyString()));
    return Files.readString(draft);
  }

  private static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  private static String types(String yaml) {
    List<String> types = new ArrayList<>();
    Matcher property =
        Pattern.compile("(?m)^ {6}- name: (.*)\n +logicalType: (\\w+)$").matcher(yaml);
    while (property.find()) {
      types.add(property.group(1) + ": " + property.group(2));
    }
    return String.join(", ", types);
  }

  private static String eventTime(String field, String format, String min, String max) {
    return "    customProperties:\n"
        + custom("eventTimeField", field)
        + (format.isEmpty() ? "" : custom("eventTimeFormat", format))
        + custom("eventTimeMin", "\"%s-01-01\"".formatted(min))
        + custom("eventTimeMax", "\"%s-01-01\"".formatted(max));
  }

  private static String custom(String property, String value) {
    return "      - property: millrace.%s%n        value: %s%n".formatted(property, value);
  }

  private static Path shared(String file) {
    Path path = ROOT.resolveSibling("shared/data").resolve(file);
    assumeTrue(Files.exists(path), "the folder shared is not there");
    return path;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int infer(String... arguments) {
    List<String> all = new ArrayList<>(List.of("contract", "infer"));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    CommandLine command = Millrace.command();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
