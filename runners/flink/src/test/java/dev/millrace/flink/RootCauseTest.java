package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootCauseTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|",
        "Job 12 not found | Job 12 not found",
        "java.util.concurrent.CompletionException: a.b.NotFound: no job | no job",
        "a.Outer: it broke\\n\\tat a.b.C.d(C.java:5)\\nCaused by: a.Inner: no disk\\n\\t... 7 more | no disk",
        "a.Outer: it broke\\nCaused by: java.lang.NullPointerException\\n\\tat a.b | NullPointerException",
      })
  void isTheMessageOfTheInnermostCause(String trace, String message) {
    String text = trace == null ? "" : trace.replace("\\n", "\n").replace("\\t", "\t");
    assertThat(RootCause.of(text), is(message == null ? "" : message));
  }
}
