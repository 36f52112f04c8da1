package dev.millrace.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Record;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static Batch batch(Upsert upsert, Record... records) {
    Batch batch = new Batch(upsert, 1000, 1 << 20);
    List.of(records).forEach(batch::add);
    return batch;
  }

  private static List<List<String>> rounds(Batch batch) {
    return batch.rounds().stream()
        .map(
            round ->
                round.stream()
                    .map(record -> record.value("id") + "@" + record.value("changed"))
                    .toList())
        .toList();
  }

  @Test
  void isInTheOrderOfItsKeys() {
    Batch batch =
        batch(
            Accounts.upsert("t"),
            Accounts.of(3, 1, "c"),
            Accounts.of(1, 1, "a"),
            Accounts.of(2, 1, "b"));
    assertThat(rounds(batch), contains(List.of("1@1", "2@1", "3@1")));
    assertThat(batch.size(), is(3));
  }

  @Test
  void hasOnlyTheLatestOfAKey() {
    Batch batch =
        batch(
            Accounts.upsert("t"),
            Accounts.of(1, 2, "b"),
            Accounts.of(1, 3, "c"),
            Accounts.of(2, -5, "z"),
            Accounts.of(1, 1, "a"));
    assertThat(rounds(batch), contains(List.of("1@3", "2@-5")));
    assertThat(batch.size(), is(4));
  }

  @Test
  void leavesRecordsOfOneVersionToTheDatabase() {
    Batch batch =
        batch(
            Accounts.upsert("t"),
            Accounts.of(1, 2, "b"),
            Accounts.of(2, 1, "z"),
            Accounts.of(1, 2, "c"),
            Accounts.of(1, 1, "a"));
    assertThat(rounds(batch), contains(List.of("1@2", "2@1"), List.of("1@2")));
  }

  @Test
  void hasTheLastOfAKeyWithoutVersions() {
    Batch batch =
        batch(Accounts.withoutVersion("t"), Accounts.of(1, 9, "b"), Accounts.of(1, 2, "c"));
    assertThat(rounds(batch), contains(List.of("1@2")));
  }

  @Test
  void isFullByRecordsOrBytes() {
    Batch byRecords = new Batch(Accounts.upsert("t"), 2, 1 << 20);
    assertThat(byRecords.add(Accounts.of(1, 1, "a")), is(false));
    assertThat(byRecords.add(Accounts.of(2, 1, "a")), is(true));
    Batch byBytes = new Batch(Accounts.upsert("t"), 1000, 200);
    assertThat(byBytes.add(Accounts.of(1, 1, "a".repeat(100))), is(false));
    assertThat(byBytes.add(Accounts.of(2, 1, "a".repeat(100))), is(true));
    byBytes.clear();
    assertThat(byBytes.add(Accounts.of(2, 1, "a")), is(false));
    byBytes.clear();
    assertThat(byBytes.rounds(), is(empty()));
  }
}
