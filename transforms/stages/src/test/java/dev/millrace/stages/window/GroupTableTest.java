package dev.millrace.stages.window;

import static dev.millrace.stages.Flights.at;
import static dev.millrace.stages.Flights.flight;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import dev.millrace.record.KeyBytes;
import dev.millrace.stages.Flights;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.junit.jupiter.api.Test;

class GroupTableTest {
  private static final IntervalWindow SEVEN = new IntervalWindow(at("07:00:00"), at("08:00:00"));
  private static final IntervalWindow EIGHT = new IntervalWindow(at("08:00:00"), at("09:00:00"));

  private final KeyBytes key = KeyBytes.of(Flights.SCHEMA, List.of("carrier", "flight"));
  private final GroupTable table = new GroupTable(List.of());

  @Test
  void findsTheTotalsOfAGroupAndWindowAgain() {
    Totals totals = find(1, SEVEN);

    assertThat(find(1, SEVEN), sameInstance(totals));
    assertThat(find(2, SEVEN), not(sameInstance(totals)));
    assertThat(find(1, EIGHT), not(sameInstance(totals)));
  }

  @Test
  void growsAndKeepsItsGroups() {
    List<Totals> found = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      found.add(find(i, i % 2 == 0 ? SEVEN : EIGHT));
    }

    for (int i = 0; i < 5000; i++) {
      assertThat(find(i, i % 2 == 0 ? SEVEN : EIGHT), sameInstance(found.get(i)));
    }
    List<GroupTable.Group> all = new ArrayList<>();
    table.forEach(all::add);
    assertThat(all.size(), is(5000));
    assertThat(table.size(), is(5000));
  }

  private Totals find(long flight, IntervalWindow window) {
    key.read(flight("07:00:00", flight, 0));
    return table.find(key.array(), key.length(), window);
  }
}
