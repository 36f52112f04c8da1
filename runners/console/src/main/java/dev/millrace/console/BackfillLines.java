package dev.millrace.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.BackfillState;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.SliceEntry;
import dev.millrace.ledger.SliceState;
import dev.millrace.operate.backfill.SlicePlan;
import dev.millrace.operate.run.Intervals;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** Backfills as lines for people, or as JSON. */
final class BackfillLines {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final PrintWriter out;
  private final boolean json;

  BackfillLines(CommandLine command, boolean json) {
    this.out = command.getOut();
    this.json = json;
  }

  /** What would be run, and why. */
  void plan(List<SlicePlan> plans) {
    if (json) {
      ArrayNode slices = JSON.arrayNode();
      for (SlicePlan plan : plans) {
        interval(slices.addObject(), plan.interval())
            .put("run", plan.isRun())
            .put("reason", plan.reason());
      }
      print(JSON.objectNode().set("slices", slices));
      return;
    }
    for (SlicePlan plan : plans) {
      out.printf(
          "%-20s %-5s %s%n", name(plan.interval()), plan.isRun() ? "run" : "skip", plan.reason());
    }
    long runs = plans.stream().filter(SlicePlan::isRun).count();
    out.printf("%s of %s slices would be run; nothing was%n", runs, plans.size());
    out.flush();
  }

  /** That there is nothing to catch up with. */
  void nothing(Path output, Instant last) {
    if (json) {
      print(JSON.objectNode().set("slices", JSON.arrayNode()));
      return;
    }
    out.printf(
        "Nothing to catch up with: the last partition of %s ends at %s%n",
        output, Intervals.text(last));
    out.flush();
  }

  /** What is run now. */
  void begins(BackfillEntry backfill, List<SliceEntry> slices) {
    if (json) {
      return;
    }
    for (SliceEntry slice : slices) {
      if (slice.state() == SliceState.SKIPPED) {
        out.printf("%s skipped: %s%n", name(slice.interval()), slice.note());
      }
    }
    out.printf(
        "Backfill %s runs %s of %s slices, %s at a time%n",
        backfill.id(), count(slices, SliceState.PLANNED), slices.size(), backfill.maxActiveRuns());
    out.flush();
  }

  /** How it has ended. */
  void ended(BackfillEntry backfill, List<SliceEntry> slices, BackfillState state) {
    if (json) {
      print(detail(backfill, slices).put("state", lower(state)));
      return;
    }
    for (SliceEntry slice : slices) {
      if (slice.state() == SliceState.FAILED) {
        out.printf("%s failed: %s%n", name(slice.interval()), slice.note());
      }
    }
    out.printf("Backfill %s is %s: %s%n", backfill.id(), lower(state), summary(slices));
    if (state == BackfillState.FAILED) {
      out.printf("millrace backfill retry %s runs those that have failed%n", backfill.id());
    } else if (state == BackfillState.PAUSED) {
      out.printf("millrace backfill resume %s goes on%n", backfill.id());
    }
    out.flush();
  }

  /** One a line, the latest first. */
  void list(List<BackfillEntry> backfills) {
    if (json) {
      ArrayNode all = JSON.arrayNode();
      backfills.forEach(backfill -> all.add(identity(backfill)));
      print(JSON.objectNode().set("backfills", all));
      return;
    }
    for (BackfillEntry backfill : backfills) {
      out.printf(
          "%-44s %-9s %s of %s%n",
          backfill.id(), lower(backfill.state()), backfill.range(), backfill.job());
    }
    if (backfills.isEmpty()) {
      out.println("There are no backfills in this ledger");
    }
    out.flush();
  }

  /** One with its slices. */
  void show(BackfillEntry backfill, List<SliceEntry> slices) {
    if (json) {
      print(detail(backfill, slices));
      return;
    }
    out.printf("%s  %s%n", backfill.id(), lower(backfill.state()));
    out.printf("  job      %s %s%n", backfill.job(), String.join(" ", backfill.arguments()));
    out.printf("  slices   %s: %s%n", backfill.range(), summary(slices));
    out.printf("  output   %s%n", backfill.output());
    out.printf("  begun    %s by %s%n", backfill.createdAt(), backfill.actor());
    if (!backfill.reason().isEmpty()) {
      out.printf("  because  %s%n", backfill.reason());
    }
    for (SliceEntry slice : slices) {
      out.printf("%-20s %-9s %s%n", name(slice.interval()), lower(slice.state()), facts(slice));
    }
    out.flush();
  }

  private static String facts(SliceEntry slice) {
    String figures =
        slice
            .counts()
            .map(
                counts ->
                    String.format(
                        Locale.ROOT,
                        "%,d published, %,d rejected; ",
                        counts.published(),
                        counts.rejected()))
            .orElse("");
    String time =
        slice.startedAt().isPresent() && slice.endedAt().isPresent()
            ? String.format(
                Locale.ROOT,
                "%.1f s; ",
                Duration.between(slice.startedAt().get(), slice.endedAt().get()).toMillis() / 1e3)
            : "";
    return figures + time + slice.note();
  }

  private static String summary(List<SliceEntry> slices) {
    StringBuilder summary = new StringBuilder();
    for (SliceState state : SliceState.values()) {
      long count = count(slices, state);
      if (count > 0) {
        summary
            .append(summary.isEmpty() ? "" : ", ")
            .append(count)
            .append(' ')
            .append(lower(state));
      }
    }
    return summary.toString();
  }

  private static ObjectNode detail(BackfillEntry backfill, List<SliceEntry> slices) {
    ObjectNode detail = identity(backfill);
    ArrayNode all = detail.putArray("slices");
    for (SliceEntry slice : slices) {
      ObjectNode node = interval(all.addObject(), slice.interval());
      node.put("state", lower(slice.state())).put("attempt", slice.attempt());
      node.put("runId", slice.runId().orElse(null)).put("note", slice.note());
      slice
          .counts()
          .ifPresent(
              counts ->
                  node.put("read", counts.read())
                      .put("published", counts.published())
                      .put("rejected", counts.rejected())
                      .put("duplicates", counts.duplicates())
                      .put("late", counts.late())
                      .put("filtered", counts.filtered()));
    }
    return detail;
  }

  private static ObjectNode identity(BackfillEntry backfill) {
    ObjectNode node = JSON.objectNode();
    node.put("backfill", backfill.id()).put("state", lower(backfill.state()));
    node.put("job", backfill.job()).put("range", backfill.range()).put("output", backfill.output());
    return node.put("createdAt", backfill.createdAt().toString()).put("actor", backfill.actor());
  }

  private static ObjectNode interval(ObjectNode node, Interval interval) {
    return node.put("from", Intervals.text(interval.from()))
        .put("to", Intervals.text(interval.to()));
  }

  private void print(JsonNode node) {
    out.println(node.toPrettyString());
    out.flush();
  }

  private static String name(Interval interval) {
    return Intervals.text(interval.from());
  }

  private static long count(List<SliceEntry> slices, SliceState state) {
    return slices.stream().filter(slice -> slice.state() == state).count();
  }

  private static String lower(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
