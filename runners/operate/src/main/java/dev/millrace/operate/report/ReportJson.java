package dev.millrace.operate.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Balance;
import dev.millrace.operate.Check;
import dev.millrace.operate.JsonLayout;
import dev.millrace.operate.PartitionFiles;
import dev.millrace.operate.RuleResult;
import dev.millrace.operate.Tables;
import dev.millrace.record.Expectation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A report as JSON: the same keys in the same order for every run, null where there is no value.
 */
final class ReportJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final RunReport report;

  ReportJson(RunReport report) {
    this.report = report;
  }

  String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.setPrettyPrinter(JsonLayout.printer());
      json.writeStartObject();
      identity(json);
      outcomes(json);
      partitions(json, "partitions", Tables.RECORDS);
      partitions(json, "aggregates", Tables.AGGREGATES);
      partitions(json, "latePartitions", Tables.LATE);
      checks(json);
      rules(json);
      counts(json, "hours", report.hours());
      whereabouts(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write JSON to memory", e);
    }
    return text + "\n";
  }

  private void identity(JsonGenerator json) throws IOException {
    StagedRun run = report.run();
    json.writeStringField("pipeline", run.pipeline());
    json.writeStringField("pipelineVersion", run.pipelineVersion());
    json.writeStringField("runner", run.runner());
    json.writeStringField("runId", run.runId());
    text(json, "contract", report.run().contract().id());
    text(json, "contractVersion", report.run().contract().version());
    text(json, "from", report.option("from"));
    text(json, "to", report.option("to"));
  }

  private void outcomes(JsonGenerator json) throws IOException {
    Balance balance = report.balance();
    json.writeNumberField("read", balance.read());
    json.writeNumberField("published", balance.published());
    json.writeNumberField("rejected", balance.rejected());
    json.writeNumberField("duplicates", balance.duplicates());
    json.writeNumberField("late", balance.late());
    json.writeNumberField("filtered", balance.filtered());
    json.writeBooleanField("balanced", report.balanced());
    json.writeStringField("state", report.state().code());
    counts(json, "readBySource", report.readBySource());
    counts(json, "rejectedByReason", report.rejectedByReason());
  }

  private void partitions(JsonGenerator json, String name, String table) throws IOException {
    json.writeArrayFieldStart(name);
    for (PartitionFiles partition : report.table(table)) {
      json.writeStartObject();
      json.writeStringField("partition", partition.partition());
      json.writeStringField("path", partition.path().toString());
      json.writeNumberField("rows", partition.rows());
      json.writeNumberField("files", partition.files());
      json.writeNumberField("bytes", partition.bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void checks(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("checks");
    for (Check check : report.checks()) {
      json.writeStartObject();
      json.writeStringField("name", check.name());
      json.writeBooleanField("passed", check.passed());
      json.writeStringField("message", check.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notChecked");
    for (String line : report.run().contract().unchecked()) {
      json.writeString(line);
    }
    json.writeEndArray();
  }

  private void rules(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("rules");
    for (RuleResult result : report.rules()) {
      Expectation rule = result.expectation();
      json.writeStartObject();
      text(json, "field", rule.field());
      json.writeStringField("rule", rule.rule());
      text(json, "description", rule.description());
      json.writeStringField("severity", rule.severity());
      json.writeStringField("threshold", rule.threshold().toString());
      json.writeNumberField("count", result.count());
      json.writeNumberField("of", result.of());
      json.writeBooleanField("kept", result.kept());
      json.writeStringField("at", rule.id());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void whereabouts(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("paths");
    Set<String> names =
        new LinkedHashSet<>(
            List.of(Tables.RECORDS, Tables.AGGREGATES, Tables.LATE, Tables.QUARANTINE, "report"));
    names.addAll(report.paths().keySet());
    for (String name : names) {
      Path path = report.paths().get(name);
      text(json, name, path == null ? "" : path.toString());
    }
    json.writeEndObject();
    json.writeStringField("startedAt", report.run().startedAt().toString());
    json.writeNumberField("seconds", BigDecimal.valueOf(report.run().elapsed().toMillis(), 3));
    json.writeObjectFieldStart("versions");
    for (String name : List.of("millrace", "beam", "java", "engine")) {
      json.writeStringField(name, report.versions().get(name));
    }
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (value.isEmpty()) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }
}
