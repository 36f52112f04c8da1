package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.table.Manifest;
import dev.millrace.record.Disposition;
import dev.millrace.stages.contract.odcs.ContractException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestTest {
  private static final String CONTRACT = "--contract=../testdata/flights/flights.odcs.yaml";
  private static final String DAY = "../testdata/flights/2001-01-0%d.ndjson.gz";
  private static final String FLIGHT =
      """
      {"date":"2001-01-%02dT%02d:%02d:00Z","delay":%d,"distance":%d,"origin":"%s","destination":"SFO"}""";

  @TempDir Path folder;

  @Test
  void readsTheSchemaObjectThatIsNamed() throws IOException {
    Path contract = folder.resolve("two.odcs.yaml");
    String flights = Files.readString(Path.of("../testdata/flights/flights.odcs.yaml"));
    Files.writeString(contract, flights + "  - name: airports\n");
    Path input = folder.resolve("flights.ndjson");
    Files.writeString(input, FLIGHT.formatted(1, 1, 1, 1, 1, "LAX"));
    String[] options = {"--input=" + input, "--contract=" + contract, "--schema=flights"};

    StagedOutput staged = IngestRun.to(folder.resolve("staging"), options);

    assertThat(staged.manifest().rows("records"), is(1L));
    options[2] = "--schema=flight";
    ContractException e =
        assertThrows(
            ContractException.class, () -> IngestRun.build(folder.resolve("none"), options));
    assertThat(
        e.getMessage(),
        endsWith("Unknown schema object: flight (did you mean flights?) (at schema)"));
  }

  @Test
  void accountsForEveryRecordWhateverItIs() throws IOException {
    Path input = folder.resolve("mixed.ndjson");
    Files.write(input, mixed(3_000, new Random(7)));

    Manifest manifest =
        IngestRun.to(folder.resolve("staging"), "--input=" + input, CONTRACT, "--to=2001-01-04")
            .manifest();

    assertThat(manifest.count(Disposition.READ), is(3_000L));
    long accountedFor =
        manifest.rows("records")
            + manifest.rows("quarantine")
            + manifest.count(Disposition.DUPLICATE)
            + manifest.count(Disposition.LATE)
            + manifest.count(Disposition.FILTERED);
    assertThat(accountedFor, is(3_000L));
    for (Disposition each :
        List.of(Disposition.REJECTED, Disposition.DUPLICATE, Disposition.FILTERED)) {
      assertThat(each + " occurs", manifest.count(each) > 0);
    }
    for (String partition : manifest.countByPartition(Disposition.ACCEPTED).keySet()) {
      assertThat(
          partition,
          manifest.count(Disposition.ACCEPTED, partition),
          is(
              manifest.count(Disposition.PUBLISHED, partition)
                  + manifest.count(Disposition.DUPLICATE, partition)
                  + manifest.count(Disposition.FILTERED, partition)));
    }
  }

  /** Good, broken, implausible and repeated flights of five days. */
  private static List<String> mixed(int count, Random random) {
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) {
      int kind = random.nextInt(20);
      String line =
          FLIGHT.formatted(
              1 + random.nextInt(5),
              random.nextInt(24),
              random.nextInt(60),
              kind == 0 ? 5_000 : random.nextInt(60),
              kind == 1 ? -1 : 100 + random.nextInt(900),
              List.of("LAX", "JFK", "ORD").get(random.nextInt(3)));
      lines.add(kind == 2 ? line.substring(0, random.nextInt(line.length())).strip() + "x" : line);
      if (kind == 3) {
        lines.add(line);
      }
    }
    return lines.subList(0, count);
  }

  @Test
  void givesTheSameOutputFromTheSameInputWhateverItsOrder() throws Exception {
    Path input = folder.resolve("mixed.ndjson");
    List<String> lines = new ArrayList<>(mixed(2_000, new Random(8)));
    Files.write(input, lines);
    StagedOutput first = run("first", input);
    StagedOutput again = run("again", input);
    Collections.shuffle(lines, new Random(9));
    Files.write(input, lines);
    StagedOutput shuffled = run("shuffled", input);

    assertThat(bytes("again"), equalTo(bytes("first")));
    assertThat(again.manifest(), equalTo(first.manifest()));
    assertThat(shuffled.rows("records"), equalTo(first.rows("records")));
    assertThat(shuffled.rows("aggregates"), equalTo(first.rows("aggregates")));
    assertThat(shuffled.quarantine(), equalTo(first.quarantine()));
    assertThat(shuffled.counts(), equalTo(first.counts()));
  }

  private StagedOutput run(String staging, Path input) {
    return IngestRun.to(
        folder.resolve(staging),
        "--input=" + input,
        CONTRACT,
        "--groupBy=origin",
        "--aggregate=count,mean(delay),max(distance)");
  }

  /** Every file of a staging folder: its path, size and content. */
  private List<String> bytes(String staging) throws IOException {
    Path root = folder.resolve(staging);
    List<String> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path file : paths.filter(Files::isRegularFile).sorted().toList()) {
        files.add(root.relativize(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  @Test
  void readsOnlyTheDaysOfItsIntervalWhereThePatternNamesThem() {
    StagedOutput output =
        IngestRun.to(
            folder,
            "--input=../testdata/flights/{date}.ndjson.gz",
            CONTRACT,
            "--from=2001-01-02",
            "--to=2001-01-03");

    assertThat(output.manifest().count(Disposition.READ), is(16_850L));
    assertThat(
        output.manifest().countByPartition(Disposition.PUBLISHED).keySet().toString(),
        is("[dt=2001-01-02]"));
  }

  @Test
  void quarantinesFlightsOfUnknownAirportsBeforeTheyAreAccepted() throws Exception {
    Path input = folder.resolve("flights.ndjson");
    Files.write(
        input,
        List.of(
            FLIGHT.formatted(1, 7, 0, 0, 100, "LAX"),
            FLIGHT.formatted(1, 8, 0, 0, 100, "QQQ"),
            FLIGHT.formatted(1, 8, 0, 0, 100, "QQQ"),
            FLIGHT.formatted(1, 9, 0, 0, 100, "QQQ").replace("SFO", "XXX")));

    StagedOutput output =
        IngestRun.to(
            folder.resolve("staging"),
            "--input=" + input,
            CONTRACT,
            "--refer=origin,destination:../testdata/flights/airports.csv#iata");

    Manifest manifest = output.manifest();
    assertThat(manifest.count(Disposition.READ), is(4L));
    assertThat(manifest.count(Disposition.ACCEPTED), is(1L));
    assertThat(manifest.count(Disposition.PUBLISHED), is(1L));
    assertThat(manifest.count(Disposition.REJECTED), is(3L));
    assertThat(
        output.quarantine().get(0),
        startsWith("{\"reason\":\"unknown_reference\",\"paths\":[\"origin\",\"destination\"],"));
  }

  @Test
  void findsEveryAirportOfTheBundledFlights() throws IOException {
    StagedOutput output =
        IngestRun.to(
            folder.resolve("staging"),
            "--input=" + DAY.formatted(1),
            CONTRACT,
            "--refer=origin,destination:../testdata/flights/airports.csv#iata");

    assertThat(output.manifest().count(Disposition.PUBLISHED) > 10_000, is(true));
    assertThat(output.counts().contains("unknown_reference"), is(false));
  }

  @Test
  void failsAndCompletesNoManifestIfAFileIsTruncated() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(DAY.formatted(1)));
    Path input = folder.resolve("truncated.ndjson.gz");
    Files.write(input, Arrays.copyOf(whole, whole.length / 2));
    Path staging = folder.resolve("staging");

    RuntimeException failure =
        assertThrows(
            RuntimeException.class, () -> IngestRun.to(staging, "--input=" + input, CONTRACT));

    assertThat(
        failure.toString(),
        containsString("Cannot read " + input + ": truncated gzip stream after "));
    assertThat(Files.exists(staging.resolve(Manifest.FILE_NAME)), is(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--groupBy=airline --aggregate=count | Invalid --groupBy: Cannot find field airline in flights: its fields are [date, delay, distance, origin, destination]",
        "--groupBy=airline | Invalid --groupBy: Cannot find field airline in flights: its fields are [date, delay, distance, origin, destination]",
        "--aggregate=mean(airline) | Invalid --aggregate: Cannot find field airline in flights: its fields are [date, delay, distance, origin, destination]",
        "--window=1x --aggregate=count | Invalid --window: Invalid window",
        "--from=yesterday | Invalid --from: yesterday (expected a UTC day such as 2001-01-15, or an instant such as 2001-01-15T06:00:00Z)",
        "--from=2001-01-02T06:00:00Z | Invalid --from: 2001-01-02T06:00:00Z (expected the start of a partition, a UTC day: partitions are published whole)",
        "--from=2001-01-03 --to=2001-01-03 | Invalid --to: 2001-01-03 (expected a time after --from=2001-01-03)",
        "--maxRejectedPercent=101 | Invalid --maxRejectedPercent: 101.0 (expected a number from 0 to 100)",
        "--input=in/{date}.gz | Missing required value: from and to (input in/{date}.gz names a date)",
        "--input=no/such/*.gz | Cannot find input: no file matches no/such/*.gz",
        "--refer=airport:../testdata/flights/airports.csv#iata | Invalid --refer: Cannot find field airport in flights: its fields are [date, delay, distance, origin, destination]",
        "--refer=date:../testdata/flights/airports.csv#iata | Invalid --refer: date is of type TIMESTAMP (expected a field of type STRING or INTEGER)",
        "--refer=origin:no/such.csv#iata | Invalid --refer: Cannot find reference: no/such.csv does not exist",
        "--refer=origin:../testdata/flights/airports.csv#code | Invalid --refer: Cannot read reference: ../testdata/flights/airports.csv: it has no column code, its columns are [iata, name, city, state, country, latitude, longitude]",
        "--refer=origin:../testdata/flights/airports.csv | Invalid --refer: Invalid reference: ../testdata/flights/airports.csv (expected path#column, such as airports.csv#iata)",
        "--refer=origin,destination | Invalid --refer: origin,destination (expected fields:path#column, such as origin,destination:airports.csv#iata)",
        "--format=xml | Invalid --format: xml (expected ndjson, csv, json, avro or parquet)",
        "--csvDelimiter=,, | Invalid --csvDelimiter: ,, (expected one character, or \\t)",
        "--csvQuote=, | Invalid --csvDelimiter or --csvQuote: Invalid quote: , (expected another character than the delimiter)",
        "--contract=no/such.yaml | Cannot read contract no/such.yaml: no such file",
      })
  void refusesWhatCannotWorkInOneLine(String options, String message) {
    List<String> args = new ArrayList<>(List.of("--input=" + DAY.formatted(1), CONTRACT));
    for (String option : options.split(" ", -1)) {
      args.removeIf(arg -> arg.startsWith(option.substring(0, option.indexOf('='))));
      args.add(option);
    }

    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> IngestRun.build(folder, args.toArray(String[]::new)));

    assertThat(refusal.getMessage(), startsWith(message));
    assertThat(refusal.getMessage().lines().count(), is(1L));
  }
}
