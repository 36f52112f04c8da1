package dev.millrace.stages.refer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class ValueSetTest {
  private final ValueSet set = new ValueSet();

  @Test
  void holdsWhatWasAddedAndNothingElse() {
    for (int i = 0; i < 20_000; i++) {
      add("value " + i);
      add("value " + i);
    }

    assertThat(set.size(), is(20_000));
    for (int i = 0; i < 20_000; i++) {
      assertThat(has(set, "value " + i), is(true));
      assertThat(has(set, "value " + i + " "), is(false));
    }
    assertThat(has(set, ""), is(false));
  }

  @Test
  void findsARangeOfALargerArray() {
    add("BCD");

    byte[] around = "ABCDE".getBytes(StandardCharsets.UTF_8);
    assertThat(set.contains(around, 1, 3), is(true));
    assertThat(set.contains(around, 0, 3), is(false));
    assertThat(set.contains(around, 1, 4), is(false));
  }

  @Test
  void takesTheEmptyTextForAValue() {
    add("");

    assertThat(has(set, ""), is(true));
    assertThat(has(set, " "), is(false));
  }

  @Test
  void comesBackFromItsBytes() throws IOException {
    add("");
    add("Zürich");
    add("x".repeat(1_000));
    ValueSet.ValueSetCoder coder = new ValueSet.ValueSetCoder();

    ValueSet back = CoderUtils.decodeFromByteArray(coder, CoderUtils.encodeToByteArray(coder, set));

    assertThat(back.size(), is(3));
    assertThat(has(back, ""), is(true));
    assertThat(has(back, "Zürich"), is(true));
    assertThat(has(back, "x".repeat(1_000)), is(true));
  }

  private void add(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    set.add(utf8, 0, utf8.length);
  }

  private static boolean has(ValueSet set, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return set.contains(utf8, 0, utf8.length);
  }
}
