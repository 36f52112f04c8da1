package dev.millrace.stages.refer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegerTextTest {
  private final IntegerText text = new IntegerText();

  @ParameterizedTest
  @ValueSource(longs = {0, 7, -7, 10, -1_234_567, Long.MAX_VALUE, Long.MIN_VALUE})
  void writesWhatJavaWrites(long value) {
    text.write(-999_999_999_999L);
    text.write(value);

    assertThat(
        new String(text.array(), text.start(), text.length(), StandardCharsets.US_ASCII),
        is(Long.toString(value)));
  }
}
