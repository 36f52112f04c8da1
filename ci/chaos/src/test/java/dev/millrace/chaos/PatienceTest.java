package dev.millrace.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {

  @Test
  void waitsUntilSomethingIsSo() throws Exception {
    Iterator<Boolean> looks = List.of(false, false, true).iterator();
    Patience.until("wait", Duration.ofMinutes(1), looks::next);
    assertThat(looks.hasNext(), is(false));
  }

  @Test
  void saysWhatTakesTooLong() {
    IllegalStateException late =
        assertThrows(
            IllegalStateException.class,
            () -> Patience.until("see the end", Duration.ZERO, () -> false));
    assertThat(late.getMessage(), is("Cannot see the end: it takes more than 0 s"));
  }
}
