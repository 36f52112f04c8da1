package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.stringContainsInOrder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way of a day's flights, as the first command that somebody types: on the class path of
 * the command line, where nothing may be missing that topics need.
 */
@Order(5)
class DevTourIT {
  @TempDir Path folder;

  @AfterEach
  void endWhateverRuns() {
    Console.millrace("dev", "down", "--wipe", "--state=" + folder.resolve("stack"));
  }

  @Test
  void takesFlightsThroughATopicIntoTables() throws Exception {
    Path flights = Installed.HOME.resolve("testdata/flights");

    Console tour =
        Console.launched(
            "dev",
            "tour",
            "--state=" + folder.resolve("stack"),
            "--input=" + flights.resolve("2001-01-03.ndjson.gz"),
            "--output=" + folder.resolve("out"));

    assertThat(tour.err(), tour.code(), is(0));
    assertThat(
        tour.out(),
        stringContainsInOrder(
            List.of(
                "$ ./millrace dev up --state=",
                "$ ./millrace dev topic flights flights.rejected --state=",
                "$ ./millrace run ",
                "--outputTopic=flights",
                "$ ./millrace run ingest --topic=flights ",
                "--streaming",
                "# What was published in ",
                "dt=2001-01-03/_SUCCESS",
                "$ ./millrace dev peek flights.rejected --max=3 --state=",
                "$ ./millrace status tour --flinkMaster=127.0.0.1:",
                "tour  FINISHED since ",
                "$ ./millrace dev down --wipe --state=",
                "Deleted " + folder.resolve("stack"))));
    assertThat(Files.exists(folder.resolve("stack")), is(false));
    assertThat(Files.exists(folder.resolve("out/received/records/dt=2001-01-03")), is(true));
    assertThat(tour.out(), containsString("Balanced: 16,944 read = 16,944 published + 0 rejected"));
  }
}
