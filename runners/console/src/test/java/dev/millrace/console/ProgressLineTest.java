package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter err = new StringWriter();

  @Test
  void writesOverItsLineOnATerminalAndLeavesNothingOfIt() {
    ProgressLine line = new ProgressLine(new PrintWriter(err), true, () -> 1_234_567);
    line.tick(Duration.ofSeconds(61));
    line.close();
    assertThat(err.toString(), is("\r\u001b[KRunning: 1:01, 1.2 MB read\r\u001b[K"));
  }

  @Test
  void writesALineEachTenSecondsElsewhere() {
    ProgressLine line = new ProgressLine(new PrintWriter(err), false, () -> 0);
    for (int second = 0; second <= 25; second++) {
      line.tick(Duration.ofSeconds(second));
    }
    line.close();
    assertThat(err.toString(), is("Running: 0:10\nRunning: 0:20\n"));
  }
}
