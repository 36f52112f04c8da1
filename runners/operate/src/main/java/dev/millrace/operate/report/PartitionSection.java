package dev.millrace.operate.report;

import static dev.millrace.operate.Quantities.count;

import dev.millrace.operate.PartitionFiles;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.Tables;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The partitions that a run wrote, a row for each, whatever the tables that have it. */
final class PartitionSection {
  private static final int SHOWN = 400;

  private final RunReport report;
  private final Html html;
  private final SortedMap<String, PartitionFiles> records;
  private final SortedMap<String, PartitionFiles> aggregates;
  private final SortedMap<String, PartitionFiles> late;

  PartitionSection(RunReport report, Html html) {
    this.report = report;
    this.html = html;
    this.records = byName(Tables.RECORDS);
    this.aggregates = byName(Tables.AGGREGATES);
    this.late = byName(Tables.LATE);
  }

  private SortedMap<String, PartitionFiles> byName(String table) {
    SortedMap<String, PartitionFiles> partitions = new TreeMap<>();
    report.table(table).forEach(files -> partitions.put(files.partition(), files));
    return partitions;
  }

  void write() {
    TreeMap<String, PartitionFiles> all = new TreeMap<>(records);
    aggregates.forEach(all::putIfAbsent);
    late.forEach(all::putIfAbsent);
    html.line().open("section").element("h2", "Partitions");
    if (all.isEmpty()) {
      html.element("p", "The run wrote no partition.", "class", "quiet").close();
      return;
    }
    html.open("table", "class", "partitions");
    head();
    html.open("tbody");
    all.keySet().stream().limit(SHOWN).forEach(this::row);
    html.close();
    foot();
    html.close();
    if (all.size() > SHOWN) {
      String more =
          "The first %s of %s partitions; report.json has all.".formatted(SHOWN, count(all.size()));
      html.element("p", more, "class", "quiet");
    }
    html.close();
  }

  private void head() {
    html.open("thead").open("tr").element("th", "Partition", "scope", "col");
    html.element("th", "", "aria-hidden", "true");
    for (String name : List.of("Rows", "Files", "Size")) {
      html.element("th", name, "scope", "col", "class", "number");
    }
    if (!aggregates.isEmpty()) {
      html.element("th", "Aggregates", "scope", "col", "class", "number");
    }
    if (!late.isEmpty()) {
      html.element("th", "Late", "scope", "col", "class", "number");
    }
    html.close().close();
  }

  private void row(String partition) {
    PartitionFiles files = records.get(partition);
    long rows = files == null ? 0 : files.rows();
    long most = records.values().stream().mapToLong(PartitionFiles::rows).max().orElse(1);
    html.line().open("tr").element("th", partition, "scope", "row");
    html.open("td", "class", "bar");
    String width = String.format(Locale.ROOT, "width:%.2f%%", 100.0 * rows / Math.max(1, most));
    html.element("i", "", "style", width).close();
    number(count(rows));
    number(count(files == null ? 0 : files.files()));
    number(files == null ? "" : Quantities.bytes(files.bytes()));
    others(
        aggregates.containsKey(partition) ? aggregates.get(partition).rows() : 0,
        late.containsKey(partition) ? late.get(partition).rows() : 0);
    html.close();
  }

  private void foot() {
    html.line().open("tfoot").open("tr");
    html.element("th", count(records.size(), "partition"), "scope", "row").element("td", "");
    number(count(rows(records)));
    number(count(records.values().stream().mapToLong(PartitionFiles::files).sum()));
    number(Quantities.bytes(records.values().stream().mapToLong(PartitionFiles::bytes).sum()));
    others(rows(aggregates), rows(late));
    html.close().close();
  }

  private void others(long aggregateRows, long lateRows) {
    if (!aggregates.isEmpty()) {
      number(count(aggregateRows));
    }
    if (!late.isEmpty()) {
      number(count(lateRows));
    }
  }

  private void number(String text) {
    html.element("td", text, "class", "number");
  }

  private static long rows(SortedMap<String, PartitionFiles> partitions) {
    return partitions.values().stream().mapToLong(PartitionFiles::rows).sum();
  }
}
