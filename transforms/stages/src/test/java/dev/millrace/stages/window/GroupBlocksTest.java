package dev.millrace.stages.window;

import static dev.millrace.stages.Flights.at;
import static dev.millrace.stages.Flights.flight;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.millrace.stages.Flights;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.junit.jupiter.api.Test;

class GroupBlocksTest {
  private static final AggregatePlan PLAN =
      AggregatePlan.of(Flights.SCHEMA, List.of("flight"), Function.parse("count"));
  private static final IntervalWindow HOUR = new IntervalWindow(at("07:00:00"), at("08:00:00"));

  private final GroupTable table = new GroupTable(PLAN.measures());

  @Test
  void givesEveryGroupBackFromOneShard() {
    for (int i = 0; i < 300; i++) {
      add(i % 100);
    }
    GroupBlocks blocks = new GroupBlocks(7, PLAN.totalsCoder());
    table.forEach(blocks::add);

    Map<String, Long> counts = new HashMap<>();
    for (int shard = 0; shard < 7; shard++) {
      GroupBlocks.read(
          blocks.block(shard),
          PLAN.totalsCoder(),
          (key, window, totals) -> {
            assertThat(window, is(HOUR));
            assertThat(
                counts.put(HexFormat.of().formatHex(key), totals.records()), is(nullValue()));
          });
    }
    assertThat(counts.size(), is(100));
    assertThat(counts.values().stream().distinct().toList(), is(List.of(3L)));
  }

  @Test
  void hasNoBlockForAShardWithoutGroups() {
    assertThat(new GroupBlocks(1, PLAN.totalsCoder()).block(0), is(nullValue()));
  }

  @Test
  void hasAFormatOfItsOwn() {
    add(7);
    GroupBlocks blocks = new GroupBlocks(1, PLAN.totalsCoder());
    table.forEach(blocks::add);

    assertThat(
        HexFormat.of().formatHex(blocks.block(0)),
        is(
            "%016x%016x".formatted(HOUR.start().getMillis(), HOUR.end().getMillis())
                + "00000009"
                + "010700000000000000"
                + "0000000000000001"));
  }

  private void add(long number) {
    var key = PLAN.groupBytes();
    key.read(flight("07:00:00", number, 1));
    table
        .find(key.array(), key.length(), HOUR)
        .add(flight("07:00:00", number, 1), PLAN.measureFields());
  }
}
