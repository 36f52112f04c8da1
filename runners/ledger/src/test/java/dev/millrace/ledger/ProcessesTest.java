package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes that open a ledger at the same moment, where there was none, and share it. */
class ProcessesTest {
  private static final int ROUNDS = 100;

  private static Competitor ada;
  private static Competitor bob;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    ada = new Competitor("ada");
    bob = new Competitor("bob");
    assertThat(ada.won(), is(empty()));
    assertThat(bob.won(), is(empty()));
  }

  @AfterAll
  static void end() throws Exception {
    ada.end();
    bob.end();
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void oneWinsEachRound(Database database) throws Exception {
    LedgerLocation location = database.unused(folder);
    String place =
        database == Database.SQLITE
            ? location.toString()
            : location + "?currentSchema=" + location.backend().schema().orElseThrow();
    ada.go(place);
    bob.go(place);
    assertThat(
        Stream.concat(ada.won().stream(), bob.won().stream()).sorted().toList(),
        is(IntStream.range(0, ROUNDS).boxed().toList()));
    try (Ledger ledger = Ledger.open(location, new ManualClock())) {
      assertThat(ledger.publishes().current("/out"), hasSize(ROUNDS));
      assertThat(ledger.leases().of("/out"), hasSize(ROUNDS));
    }
  }

  private static final class Competitor {
    private final Process process;
    private final BufferedReader lines;
    private final Writer places;

    Competitor(String name) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  Contender.class.getName(),
                  name,
                  Integer.toString(ROUNDS))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      lines = process.inputReader(StandardCharsets.UTF_8);
      places = process.outputWriter(StandardCharsets.UTF_8);
    }

    void go(String place) throws IOException {
      places.write(place + "\n");
      places.flush();
    }

    /** The rounds that it won, once it is ready for others. */
    List<Integer> won() throws IOException {
      List<Integer> rounds = new ArrayList<>();
      String line = lines.readLine();
      while (!Contender.READY.equals(line)) {
        assertThat("it has ended", line, is(notNullValue()));
        rounds.add(Integer.valueOf(line));
        line = lines.readLine();
      }
      return rounds;
    }

    /** It ends by itself when no more places come, unless it is stuck. */
    void end() throws IOException, InterruptedException {
      try {
        places.close();
        assertThat(process.waitFor(1, TimeUnit.MINUTES), is(true));
        assertThat(process.exitValue(), is(0));
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
