package dev.millrace.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.operate.Balance;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.publish.CommittedRun;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code status} prints of runs that publish by commits, for people or as JSON. */
final class CommitLines {
  private static final String LINE = "  %-14s%s";

  private CommitLines() {}

  static List<String> of(CommittedRun run) {
    List<String> lines = new ArrayList<>();
    lines.add("%s  %s".formatted(run.run(), Quantities.count(run.commits(), "commit")));
    lines.add(LINE.formatted("records", records(run)));
    if (run.waiting() > 0) {
      lines.add(
          LINE.formatted(
              "waiting",
              Quantities.count(run.waiting()) + " of them until their partitions are complete"));
    }
    lines.add(LINE.formatted("balance", balance(run)));
    lines.add(
        LINE.formatted(
            "last commit",
            "%s, published %s"
                .formatted(run.last(), run.publishedAt().truncatedTo(ChronoUnit.SECONDS))));
    return lines;
  }

  private static String records(CommittedRun run) {
    String outcomes =
        outcomes(run.balance()).entrySet().stream()
            .map(outcome -> outcome(outcome.getKey(), outcome.getValue(), run))
            .collect(Collectors.joining(", "));
    return "%s read: %s".formatted(Quantities.count(run.balance().read()), outcomes);
  }

  private static String outcome(String name, long records, CommittedRun run) {
    String text = Quantities.count(records) + " " + name;
    if (!name.equals("rejected") || run.rejectedByReason().isEmpty()) {
      return text;
    }
    return run.rejectedByReason().entrySet().stream()
        .map(reason -> Quantities.count(reason.getValue()) + " " + reason.getKey())
        .collect(Collectors.joining(", ", text + " (", ")"));
  }

  private static String balance(CommittedRun run) {
    if (run.balanced()) {
      return "all that was read is accounted for";
    }
    return run.unbalanced().isEmpty()
        ? "tables hold %s more than were read".formatted(Quantities.count(-run.waiting()))
        : "%s read, %s accounted for (see %s)"
            .formatted(
                Quantities.count(run.balance().read()),
                Quantities.count(run.balance().accounted()),
                String.join(", ", run.unbalanced()));
  }

  private static Map<String, Long> outcomes(Balance balance) {
    Map<String, Long> outcomes = new LinkedHashMap<>();
    outcomes.put("published", balance.published());
    outcomes.put("rejected", balance.rejected());
    outcomes.put("duplicate", balance.duplicates());
    outcomes.put("late", balance.late());
    outcomes.put("filtered", balance.filtered());
    return outcomes;
  }

  static ArrayNode json(List<CommittedRun> runs) {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    runs.forEach(run -> put(nodes.addObject(), run));
    return nodes;
  }

  private static void put(ObjectNode node, CommittedRun run) {
    node.put("run", run.run())
        .put("commits", run.commits())
        .put("lastCommit", run.last())
        .put("publishedAt", run.publishedAt().toString());
    ObjectNode records = node.putObject("records").put("read", run.balance().read());
    outcomes(run.balance()).forEach(records::put);
    run.rejectedByReason().forEach(node.putObject("rejected")::put);
    node.put("waiting", run.waiting()).put("balanced", run.balanced());
    run.unbalanced().forEach(node.putArray("unbalanced")::add);
  }
}
