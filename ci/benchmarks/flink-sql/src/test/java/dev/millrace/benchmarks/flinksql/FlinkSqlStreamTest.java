package dev.millrace.benchmarks.flinksql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.millrace.benchmarks.run.Assignment;
import dev.millrace.benchmarks.run.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the planner makes of the script; the whole job is checked whenever it is measured. */
final class FlinkSqlStreamTest {
  private static final Assignment ASSIGNMENT =
      new Assignment("127.0.0.1:1", "events", Path.of("target", "stream"), State.ROCKSDB);

  private static String plan;

  @BeforeAll
  static void makePlan() throws Exception {
    TableEnvironment tables = FlinkSqlStream.environment(ASSIGNMENT);
    String plans = FlinkSqlStream.script(ASSIGNMENT).prepare(tables).explain();
    plan = plans.substring(plans.indexOf("== Optimized Execution Plan =="));
  }

  @Test
  void parsesAMessageOnceAndKeepsOneStateOfIds() {
    assertThat(count(plan, "parse_event("), is(1));
    assertThat(count(plan, "Deduplicate(keep=[FirstRow]"), is(1));
    assertThat(plan, containsString("GlobalWindowAggregate(groupBy=[type, country]"));
  }

  @Test
  void makesWatermarksInTheSource() {
    assertThat(plan, containsString("watermark=[-(event_time(message), 3600000:INTERVAL MINUTE)]"));
  }

  @Test
  void readsAMessageAsALineIsRead() {
    byte[] message = "{\"id\":\"a\",\"page\":404}".getBytes(StandardCharsets.UTF_8);
    Row row = new ParseMessage().eval(message);
    assertThat(row.getField(0), is("wrong_type: page"));
    assertThat(row.getField(1), is(message));
    assertThat(row.getField(2), is("a"));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
