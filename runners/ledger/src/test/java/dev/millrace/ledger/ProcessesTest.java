package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes that open a ledger at the same moment, where there was none, and share it. */
class ProcessesTest {
  private static final int ROUNDS = 100;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Database.class)
  void oneWinsEachRound(Database database) throws Exception {
    LedgerLocation location = database.unused(folder);
    String place =
        database == Database.SQLITE
            ? location.toString()
            : location + "?currentSchema=" + location.backend().schema().orElseThrow();
    try (Competitor ada = new Competitor(place, "ada");
        Competitor bob = new Competitor(place, "bob")) {
      ada.awaitReady();
      bob.awaitReady();
      ada.go();
      bob.go();
      List<Integer> adas = ada.won();
      List<Integer> bobs = bob.won();
      assertThat(
          Stream.concat(adas.stream(), bobs.stream()).sorted().toList(),
          is(IntStream.range(0, ROUNDS).boxed().toList()));
    }
    try (Ledger ledger = Ledger.open(location, new ManualClock())) {
      assertThat(ledger.publishes().current("/out"), hasSize(ROUNDS));
      assertThat(ledger.leases().of("/out"), hasSize(ROUNDS));
    }
  }

  private static final class Competitor implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    Competitor(String place, String name) throws IOException {
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
                  place,
                  name,
                  Integer.toString(ROUNDS))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    void awaitReady() throws IOException {
      assertThat(lines.readLine(), is("ready"));
    }

    void go() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
    }

    /** The rounds that it won, once it has ended. */
    List<Integer> won() throws InterruptedException {
      List<Integer> rounds = lines.lines().map(Integer::valueOf).toList();
      assertThat(process.waitFor(), is(0));
      return rounds;
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
