package dev.millrace.pipelines.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.pipelines.PipelineShape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many small runs over adjacent intervals leave what one run over all of them does. */
@Order(1)
class IngestSlicesTest {
  private static final String FLIGHTS = "--contract=../testdata/flights/flights.odcs.yaml";
  private static final LocalDate FIRST = LocalDate.parse("2001-01-01");
  private static final LocalDate END = LocalDate.parse("2001-01-15");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"2h every 1h, 14", "day in America/New_York, 5"})
  void daysOfFlightsAreSlices(String window, int days) throws IOException {
    String[] options = {
      "--input=" + flights().write(folder.resolve("in")),
      FLIGHTS,
      "--lookBack=1d",
      "--lookAhead=1d",
      "--window=" + window,
      "--groupBy=origin",
      "--aggregate=count,sum(delay),max(delay),topK(destination,2)"
    };

    LocalDate end = FIRST.plusDays(days);
    SlicedRuns whole = SlicedRuns.whole(folder, FIRST, end, options);
    SlicedRuns slices = SlicedRuns.daily(folder, FIRST, end, options);

    slices.assertEqual(whole);
    assertThat(slices.count("REJECTED malformed"), is(3L));
    assertThat(slices.count("REJECTED out_of_range"), greaterThan(1L));
    assertThat(slices.count("DUPLICATE"), greaterThan(1L));
    assertThat(slices.count("PUBLISHED"), greaterThan(days * 750L));
    LocalDate last = end.minusDays(1);
    String[] of = {"records/dt=" + last, "aggregates/dt=" + last.minusDays(1)};
    for (String partition : of) {
      assertThat(slices.files().keySet(), hasItem(partition + "/part-00000.parquet"));
    }
  }

  /**
   * Some hundreds of the first and of the last flights of each day, and what is wrong with them.
   */
  private static DatedFiles flights() throws IOException {
    DatedFiles files = new DatedFiles();
    for (LocalDate day = FIRST; day.isBefore(END); day = day.plusDays(1)) {
      List<String> all = lines(Path.of("../testdata/flights/" + day + ".ndjson.gz"));
      files.putAll(day, all.subList(0, 500)).putAll(day, all.subList(all.size() - 300, all.size()));
    }
    LocalDate third = FIRST.plusDays(2);
    LocalDate fourth = FIRST.plusDays(3);
    String copiedLater = files.of(third).get(799);
    String copiedBefore = files.of(fourth).get(0);
    files.put(fourth, copiedLater).put(third, copiedBefore);
    files.put(fourth, files.take(third, 790)).put(third, files.take(fourth, 5));
    files.put(third, "{").put(fourth, "no flight").put(FIRST, "[]");
    files
        .put(fourth, flightOverNoDistance("2001-01-03T23:59:00Z"))
        .put(third, flightOverNoDistance("2001-01-04T00:00:00Z"));
    return files;
  }

  /** A flight over no distance, whose time is known. */
  private static String flightOverNoDistance(String date) {
    return """
        {"date":"%s","delay":1,"distance":0,"origin":"LAX","destination":"SFO"}"""
        .formatted(date);
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      return new ArrayList<>(reader.lines().toList());
    }
  }

  @Test
  void earthquakesThatAreFiledByTheirRevisionAreSlicesByTheirTime() throws IOException {
    LocalDate first = LocalDate.parse("2018-01-31");
    LocalDate end = LocalDate.parse("2018-02-08");
    DatedFiles files = new DatedFiles();
    for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
      files.putAll(day, lines(Path.of("../testdata/earthquakes/" + day + ".ndjson.gz")));
    }
    LocalDate third = first.plusDays(2);
    files
        .put(third, quake("a", "2018-02-02T23:50:00Z", 1))
        .put(third.plusDays(1), quake("a", "2018-02-03T00:10:00Z", 2))
        .put(third.plusDays(2), quake("a", "2018-02-04T00:10:00Z", 3))
        .put(third, quake("b", "2018-02-03T00:00:00Z", 1))
        .put(third, quake("b", "2018-02-02T00:00:00Z", 2))
        .put(third, quake("c", "2018-02-03T00:00:00.001Z", 1))
        .put(third, quake("c", "2018-02-02T00:00:00Z", 2));
    String[] options = {
      "--input=" + files.write(folder.resolve("in")),
      "--contract=../testdata/earthquakes/earthquakes.odcs.yaml",
      "--lookBack=1d",
      "--lookAhead=8d",
      "--window=day",
      "--groupBy=net",
      "--aggregate=count,max(mag)"
    };

    SlicedRuns whole = SlicedRuns.whole(folder, first, end, options);
    SlicedRuns slices = SlicedRuns.daily(folder, first, end, options);

    slices.assertEqual(whole);
    assertThat(
        "a twice, the second time although its first is more than a day before; b once, c never",
        slices.quarantine(),
        hasSize(3));
    assertThat(slices.quarantine(), everyItem(containsString("conflicting_key")));
  }

  private static String quake(String id, String time, int depth) {
    return """
        {"id":"%s","time":%d,"updated":0,"place":"here","status":"reviewed","type":"earthquake",\
        "net":"us","sig":1,"depth":%d,"longitude":1,"latitude":1}"""
        .formatted(id, Instant.parse(time).toEpochMilli(), depth);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomDaysAreSlices(long seed) throws IOException {
    RandomDays days = new RandomDays(seed, FIRST, 4);
    String[] options = {
      "--input=" + days.files().write(folder.resolve("in")),
      "--contract=" + days.contract(folder),
      "--lookBack=1d",
      "--lookAhead=2d",
      "--window=" + days.window(),
      "--groupBy=region",
      "--aggregate=count,sum(id)"
    };

    SlicedRuns whole = SlicedRuns.whole(folder, FIRST, FIRST.plusDays(4), options);
    SlicedRuns slices = SlicedRuns.daily(folder, FIRST, FIRST.plusDays(4), options);

    slices.assertEqual(whole);
    assertThat(slices.count("DUPLICATE"), greaterThan(0L));
    assertThat(slices.count("REJECTED malformed"), greaterThan(0L));
    assertThat(slices.count("REJECTED conflicting_key") > 0, is(days.hasKey()));
  }

  @Test
  void withoutTheFilesOfItsNeighboursASliceMissesWhatIsFiledThere() throws IOException {
    String[] options = {"--input=" + flights().write(folder.resolve("in")), FLIGHTS};
    LocalDate end = FIRST.plusDays(5);

    SlicedRuns whole = SlicedRuns.whole(folder, FIRST, end, options);
    SlicedRuns slices = SlicedRuns.daily(folder, FIRST, end, options);

    assertThat(slices.count("PUBLISHED"), is(whole.count("PUBLISHED") - 2));
    assertThat(slices.quarantine(), hasSize(whole.quarantine().size() - 2));
  }

  @Test
  void quarantinesWhatIsFromNoDayAndNoFileOfADayInEverySlice() throws IOException {
    Path input =
        Files.write(
            folder.resolve("all.ndjson"),
            List.of("{", flightOverNoDistance("2001-01-02T01:00:00Z")));
    String[] options = {"--input=" + input, FLIGHTS};

    SlicedRuns slices = SlicedRuns.daily(folder, FIRST, FIRST.plusDays(2), options);

    assertThat(slices.count("REJECTED malformed"), is(2L));
    assertThat(slices.count("REJECTED out_of_range"), is(1L));
  }

  @Test
  void failsAtASessionThatGoesOnAfterWhatItReads() throws IOException {
    DatedFiles files = new DatedFiles();
    for (int minute = 0; minute < 3 * 24 * 60; minute += 20) {
      LocalDateTime time = FIRST.atStartOfDay().plusMinutes(minute);
      files.put(
          time.toLocalDate(),
          flightOverNoDistance(time + ":00Z").replace("\"distance\":0", "\"distance\":7"));
    }
    String[] options = {
      "--input=" + files.write(folder.resolve("in")),
      FLIGHTS,
      "--window=session 30m",
      "--aggregate=count",
      "--lookBack=1d",
      "--lookAhead=1d"
    };

    RuntimeException failure =
        assertThrows(
            RuntimeException.class,
            () -> SlicedRuns.daily(folder, FIRST, FIRST.plusDays(1), options));
    assertThat(
        failure.getMessage(),
        containsString(
            "Cannot close the window of 2001-01-01T00:00:00.000Z: it may go on after 2001-01-03T00:00:00.000Z, and what comes from then on is not read (expected a longer --lookAhead)"));

    SlicedRuns second = SlicedRuns.daily(folder, FIRST.plusDays(1), FIRST.plusDays(2), options);
    assertThat(
        "the session is the first day's",
        second.files().keySet(),
        everyItem(not(containsString("aggregates"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--lookBack=1x | Invalid --lookBack: 1x (expected a number and one of ms, s, m, h, d, such as 1h, or ISO 8601)",
        "--lookAhead=PT-1H | Invalid --lookAhead: PT-1H (expected 0s to 3660d)",
        "--lookBack=3661d | Invalid --lookBack: 3661d (expected 0s to 3660d)",
        "--lookAhead=1d --to= | Invalid --lookAhead: 1d (expected only with --from and --to)",
        "--lookBack=1d --from= | Invalid --lookBack: 1d (expected only with --from and --to)",
        "--lookBack=1d --input=../testdata/flights/2001-01-01.ndjson.gz | Invalid --lookBack: 1d (expected only with {date} in --input)",
        "--lookBack=1d --streaming=true | Invalid --lookBack: 1d (expected only without --streaming)",
        "--aggregate=count --window=2h_every_1h | Invalid --window: 2h every 1h (expected --lookAhead=PT2H or more, as windows that start in the interval go on after its end)",
        "--aggregate=count --window=2h_every_1h --lookAhead=119m | Invalid --window: 2h every 1h (expected --lookAhead=PT2H or more, as windows that start in the interval go on after its end)",
        "--aggregate=count --window=7h | Invalid --window: 7h (expected --lookAhead=PT7H or more, as windows that start in the interval go on after its end)",
        "--aggregate=count --window=day_in_America/New_York | Invalid --window: day in America/New_York (expected --lookAhead=PT5H or more, as windows that start in the interval go on after its end)",
        "--aggregate=count --window=session_30m --lookAhead=1h | Invalid --window: session 30m (expected --lookBack=PT30M or more, as windows that start in the interval depend on records before its start)",
      })
  void refusesWhatCannotWorkInOneLine(String options, String message) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--input=../testdata/flights/{date}.ndjson.gz",
                FLIGHTS,
                "--from=2001-01-02",
                "--to=2001-01-03"));
    for (String option : options.split(" ", -1)) {
      String name = option.substring(0, option.indexOf('=') + 1);
      args.removeIf(arg -> arg.startsWith(name));
      if (!option.equals(name)) {
        args.add(option.replace('_', ' ').replace("New York", "New_York"));
      }
    }

    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> IngestRun.build(folder, args.toArray(String[]::new)));

    assertThat(refusal.getMessage(), is(message));
  }

  @Test
  void findsAConflictWithTheDayBeforeInWhatGoesOn() throws IOException {
    Path input =
        Files.write(
            folder.resolve("all.ndjson"),
            List.of(
                quake("a", "2018-02-02T23:50:00Z", 1),
                quake("a", "2018-02-02T23:50:00Z", 1),
                quake("b", "2018-02-01T23:00:00Z", 1),
                quake("b", "2018-02-02T22:00:00Z", 2),
                quake("a", "2018-02-03T00:10:00Z", 2),
                quake("c", "2018-02-03T00:20:00Z", 1)));
    String[] options = {
      "--input=" + input,
      "--contract=../testdata/earthquakes/earthquakes.odcs.yaml",
      "--streaming",
      "--untilIdle=200ms",
      "--pollInterval=10ms",
      "--maxOutOfOrderness=9d"
    };
    LocalDate third = LocalDate.parse("2018-02-03");

    SlicedRuns slice = SlicedRuns.daily(folder, third, third.plusDays(1), options);

    assertThat(
        slice.ends().keySet(),
        contains("PUBLISHED  dt=2018-02-03 0", "REJECTED conflicting_key dt=2018-02-03 -1"));
  }

  @Test
  void refusesToTryASliceInAnotherOrderThatReadsFilesAroundIt() {
    String input = "../testdata/earthquakes/{date}.ndjson.gz";
    IngestOptions options =
        PipelineOptionsFactory.fromArgs(
                "--input=" + input,
                "--contract=../testdata/earthquakes/earthquakes.odcs.yaml",
                "--from=2018-02-02",
                "--to=2018-02-03",
                "--staging=" + folder)
            .as(IngestOptions.class);
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Ingest().shuffleInput(options, folder.resolve("shuffled"), 1));
    assertThat(
        refusal.getMessage(),
        is(
            "Invalid --input: %s (expected no {date} in trials of an interval that files around it are read for: elsewhere, rejects don't have their day)"
                .formatted(input)));

    options.setFrom("2018-01-31");
    new Ingest().shuffleInput(options, folder.resolve("shuffled"), 1);
    assertThat(Files.exists(folder.resolve("shuffled/00000.ndjson")), is(true));
  }

  @Test
  void takesWindowsThatFitItsDaysWithoutLookingAround() {
    for (String window : List.of("1h", "day", "15m")) {
      String[] options = {
        "--input=../testdata/flights/{date}.ndjson.gz",
        FLIGHTS,
        "--from=2001-01-02",
        "--to=2001-01-03",
        "--aggregate=count",
        "--window=" + window
      };
      List<String> steps = PipelineShape.of(IngestRun.build(folder, options)).lines();
      assertThat(
          Stream.of("SelectWindow", "SelectPublished", "RequireClosed")
              .filter(name -> steps.stream().anyMatch(step -> step.startsWith(name)))
              .toList(),
          hasSize(0));
    }
  }
}
