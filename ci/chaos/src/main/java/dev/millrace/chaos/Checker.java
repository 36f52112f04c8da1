package dev.millrace.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what a run has left, in each place where its readers find it, with what the producer
 * knows. It reads with Kafka's plain consumer, DuckDB, SQL and a JSON parser, and shares no code
 * with the run.
 */
record Checker(List<Message> sent, TopicReader topics, OutputFolder output, Table table) {
  private static final Set<Fate> DELIVERED = EnumSet.of(Fate.PUBLISHED, Fate.OPEN);

  /** The run's own counts, each with what it is made of. */
  private static final Map<String, Set<Fate>> BALANCE = balance();

  private static Map<String, Set<Fate>> balance() {
    Map<String, Set<Fate>> balance = new LinkedHashMap<>();
    balance.put("read", EnumSet.allOf(Fate.class));
    balance.put("published", DELIVERED);
    balance.put("duplicate", EnumSet.of(Fate.DUPLICATE));
    balance.put("late", EnumSet.of(Fate.LATE));
    balance.put("rejected", EnumSet.of(Fate.REJECTED));
    balance.put("filtered", EnumSet.noneOf(Fate.class));
    return balance;
  }

  /** The names of the topics. */
  record Topics(String input, String output, String deadLetters) {}

  List<Comparison> compare(Topics names) throws IOException, SQLException {
    List<Comparison> all = new ArrayList<>();
    all.add(Comparison.of("topic " + names.input(), payloads(), topics.payloads(names.input())));
    all.add(
        Comparison.of("topic " + names.output(), of(DELIVERED), topics.flights(names.output())));
    all.add(
        Comparison.of(
            "topic " + names.deadLetters(),
            of(EnumSet.of(Fate.REJECTED)),
            topics.payloads(names.deadLetters())));
    all.add(Comparison.of("database", of(DELIVERED), table.flights()));
    all.add(Comparison.of("records/", of(EnumSet.of(Fate.PUBLISHED)), output.flights("records")));
    all.add(Comparison.of("late/", of(EnumSet.of(Fate.LATE)), output.flights("late")));
    all.add(Comparison.of("quarantine/", of(EnumSet.of(Fate.REJECTED)), output.rejected()));
    Bag balance = output.balance();
    for (Map.Entry<String, Set<Fate>> count : BALANCE.entrySet()) {
      Bag found = new Bag();
      found.add(count.getKey(), balance.count(count.getKey()));
      all.add(Comparison.of("_runs/: " + count.getKey(), counted(count), found));
    }
    return all;
  }

  private Bag of(Set<Fate> fates) {
    Bag bag = new Bag();
    sent.stream()
        .filter(message -> fates.contains(message.fate()))
        .forEach(message -> bag.add(message.identity()));
    return bag;
  }

  private Bag payloads() {
    Bag bag = new Bag();
    sent.forEach(message -> bag.add(Message.identityOf(message.value())));
    return bag;
  }

  /** What one of the run's own counts must say. */
  private Bag counted(Map.Entry<String, Set<Fate>> count) {
    Bag bag = new Bag();
    bag.add(
        count.getKey(),
        sent.stream().filter(message -> count.getValue().contains(message.fate())).count());
    return bag;
  }
}
