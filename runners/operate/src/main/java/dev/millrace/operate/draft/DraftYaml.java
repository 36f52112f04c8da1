package dev.millrace.operate.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a draft as ODCS, with what is only observed in comments. */
final class DraftYaml {
  private static final String UNKNOWN = "_unknown";

  private final String name;
  private final ObjectProfile profile;
  private final Keys keys;
  private final Unreadable unreadable;
  private final List<String> lines = new ArrayList<>();

  /** Whether a field is left out, which records then have on top of the contract. */
  private boolean leftOut;

  DraftYaml(String name, ObjectProfile profile, Keys keys, Unreadable unreadable) {
    this.name = name;
    this.profile = profile;
    this.keys = keys;
    this.unreadable = unreadable;
  }

  String text() {
    head();
    keyComment();
    lines.add("    properties:");
    properties(profile, "      ");
    customProperties();
    return String.join("\n", lines) + "\n";
  }

  private void head() {
    add(
        "# A draft from %,d record%s: types, required and the key hold for all of them. Ranges and",
        profile.count(), profile.count() == 1 ? "" : "s");
    add("# small sets of values are in comments, to be enforced where they are meant.");
    if (unreadable.count() > 0) {
      add("# %,d more can't be read and would be rejected, the first at", unreadable.count());
      add("# %s", YamlText.comment(unreadable.first()));
    }
    add("apiVersion: v3.1.0");
    add("kind: DataContract");
    add("id: %s", YamlText.of(name));
    add("version: 0.1.0");
    add("status: draft");
    add("schema:");
    add("  - name: %s", YamlText.of(name));
    add("    logicalType: object");
  }

  private void keyComment() {
    if (!keys.known() && keys.candidates().isEmpty()) {
      add("    # Key: unknown, there are too many records to tell");
    } else if (keys.candidates().isEmpty()) {
      add("    # Key: none, no field and no two fields differ in all records");
    }
    if (keys.copies() == 1) {
      add("    # 1 record is an exact copy of another, which the key leaves aside");
    } else if (keys.copies() > 1) {
      add(
          "    # %,d records are exact copies of others, which the key leaves aside",
          keys.copies());
    }
    keys.candidates().stream()
        .skip(1)
        .limit(5)
        .forEach(
            key -> add("    # Another key would be %s", YamlText.comment(String.join(", ", key))));
  }

  private void properties(ObjectProfile object, String indent) {
    for (FieldProfile field : object.fields()) {
      Optional<Typing> typing = field.typing();
      if (typing.isEmpty() || field.name().isEmpty()) {
        leftOut = true;
        add(
            "%s# Left out: %s, whose %s",
            indent,
            YamlText.comment(YamlText.of(field.name())),
            typing.isEmpty() ? "values are not of one type" : "name is empty");
      } else {
        add("%s- name: %s", indent, YamlText.of(field.name()));
        property(field, typing.get(), object.isRequired(field), indent + "  ");
      }
    }
  }

  private void property(FieldProfile field, Typing typing, boolean required, String indent) {
    add("%slogicalType: %s", indent, typing.logicalType());
    if (required) {
      add("%srequired: true", indent);
    }
    if (indent.length() == 8) {
      primaryKey(field, indent);
    }
    if (!typing.format().isEmpty()) {
      add("%slogicalTypeOptions: {format: %s}", indent, YamlText.of(typing.format()));
    }
    switch (typing.logicalType()) {
      case "object" -> object(field, indent);
      case "array" -> array(field, indent);
      default -> observed(field, typing, indent);
    }
  }

  private void primaryKey(FieldProfile field, String indent) {
    int position = keys.primary().indexOf(field.name());
    if (position >= 0) {
      add("%sprimaryKey: true", indent);
      add("%sprimaryKeyPosition: %d", indent, position + 1);
    }
  }

  private void object(FieldProfile field, String indent) {
    if (!field.object().fields().isEmpty()) {
      add("%sproperties:", indent);
      properties(field.object(), indent + "  ");
    }
  }

  private void array(FieldProfile field, String indent) {
    FieldProfile items = field.items();
    if (items != null) {
      add("%sitems:", indent);
      property(items, items.typing().orElseThrow(), false, indent + "  ");
    }
  }

  private void observed(FieldProfile field, Typing typing, String indent) {
    if (field.values() == 0) {
      add("%s# No record has a value, so the type is a guess", indent);
      return;
    }
    if (typing.logicalType().equals("string") && !field.counts().examples().isEmpty()) {
      add("%sexamples: %s", indent, YamlText.list(field.counts().examples()));
    }
    switch (typing.logicalType()) {
      case "integer", "number" -> option(typing.range(), indent, "minimum", "maximum");
      case "string" -> text(field, typing, indent);
      case "date", "time", "timestamp" ->
          add(
              "%s# From %s to %s",
              indent,
              typing.shown(typing.range().lowest()),
              typing.shown(typing.range().highest()));
      default -> {}
    }
  }

  private void text(FieldProfile field, Typing typing, String indent) {
    List<String> set = field.counts().set();
    if (set.isEmpty()) {
      option(typing.range(), indent, "minLength", "maxLength");
      return;
    }
    add("%s# quality:", indent);
    add("%s#   - metric: invalidValues", indent);
    add("%s#     mustBe: 0", indent);
    add("%s#     arguments: {validValues: %s}", indent, YamlText.list(set));
  }

  private void option(Range range, String indent, String least, String greatest) {
    add(
        "%s# logicalTypeOptions: {%s: %s, %s: %s}",
        indent, least, range.shownLeast(), greatest, range.shownGreatest());
  }

  private void customProperties() {
    Optional<EventTimeGuess> time = EventTimeGuess.of(profile);
    if (time.isEmpty()) {
      add("    # No field looks like the event time, which a run and a test need. To name one:");
      add("    # customProperties: [{property: millrace.eventTimeField, value: FIELD}]");
      add("    # What records only refer to needs no contract: run with --refer=FIELD:FILE#COLUMN");
    }
    if (time.isPresent() || leftOut) {
      add("    customProperties:");
    }
    time.ifPresent(this::eventTime);
    if (leftOut) {
      boolean kept = profile.fields().stream().noneMatch(field -> field.name().equals(UNKNOWN));
      custom("unknownFields", kept ? "keep" : "drop");
    }
  }

  private void eventTime(EventTimeGuess time) {
    custom("eventTimeField", YamlText.of(time.field()));
    if (!time.format().isEmpty()) {
      custom("eventTimeFormat", time.format());
    }
    custom("eventTimeMin", YamlText.of(time.min()));
    custom("eventTimeMax", YamlText.of(time.max()));
  }

  private void custom(String property, String value) {
    add("      - property: millrace.%s", property);
    add("        value: %s", value);
  }

  private void add(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }
}
