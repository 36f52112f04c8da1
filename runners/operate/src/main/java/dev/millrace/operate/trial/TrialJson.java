package dev.millrace.operate.trial;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.operate.JsonLayout;
import dev.millrace.operate.trial.BrokenRule.Example;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** The trial of a contract as JSON. */
final class TrialJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final ContractTrial trial;

  TrialJson(ContractTrial trial) {
    this.trial = trial;
  }

  String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.setPrettyPrinter(JsonLayout.printer());
      json.writeStartObject();
      json.writeStringField("contract", trial.contract().id());
      json.writeStringField("contractVersion", trial.contract().version());
      json.writeNumberField("read", trial.read());
      json.writeNumberField("accepted", trial.accepted());
      json.writeNumberField("rejected", trial.rejected());
      reasons(json);
      rules(json);
      json.writeArrayFieldStart("notChecked");
      for (String line : trial.contract().unchecked()) {
        json.writeString(line);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write JSON to memory", e);
    }
    return text + "\n";
  }

  private void reasons(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("rejectedByReason");
    for (Map.Entry<String, Long> reason : trial.rejectedByReason().entrySet()) {
      json.writeNumberField(reason.getKey(), reason.getValue());
    }
    json.writeEndObject();
  }

  private void rules(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("rules");
    for (BrokenRule rule : trial.rules()) {
      json.writeStartObject();
      json.writeStringField("reason", rule.reason().code());
      json.writeStringField("field", rule.field());
      json.writeStringField("rule", rule.rule());
      json.writeNumberField("records", rule.records());
      json.writeArrayFieldStart("examples");
      for (Example example : rule.examples()) {
        json.writeStartObject();
        json.writeStringField("source", example.source());
        json.writeNumberField("offset", example.offset());
        json.writeStringField("message", example.message());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
