package dev.millrace.benchmarks.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AssignmentTest {

  @ParameterizedTest
  @EnumSource
  void isTheSameInAnotherProcess(State state) {
    Assignment assignment = assignment(state);
    assertThat(Assignment.parse(assignment.arguments().toArray(new String[0])), is(assignment));
  }

  @ParameterizedTest
  @CsvSource({"HEAP, hashmap", "ROCKSDB, rocksdb"})
  void tellsFlinkWhereStateIs(State state, String backend) {
    assertThat(assignment(state).flinkSettings(), hasEntry("state.backend.type", backend));
  }

  @Test
  void namesTopicsByTheInput() {
    Assignment assignment = assignment(State.HEAP);
    assertThat(assignment.output(), is("events-accepted"));
    assertThat(assignment.rejects(), is("events-rejects"));
    assertThat(assignment.aggregates(), is("events-aggregates"));
  }

  private static Assignment assignment(State state) {
    return new Assignment("127.0.0.1:9092", "events", Path.of("target", "stream"), state);
  }
}
