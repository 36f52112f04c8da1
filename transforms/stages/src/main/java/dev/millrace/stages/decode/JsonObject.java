package dev.millrace.stages.decode;

import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.UnknownFields;
import dev.millrace.stages.decode.JsonCursor.Kind;
import java.util.List;

/** Reads the objects that are records, or that are in a field of theirs. */
final class JsonObject extends JsonNested {
  private final ObjectFields fields;
  private final FieldNames names;
  private final FieldValues values;
  private final JsonNested[] nested;
  private final UnknownFields unknownFields;
  private final Violations violations;
  private final KeptFields kept;

  /** Null for records, which are in no field. */
  private final FieldRule rule;

  private final RecordBuilder parent;
  private final int field;

  /** A reader of records. */
  JsonObject(
      List<FieldRule> rules,
      RecordBuilder builder,
      ObjectFields fields,
      FieldValues values,
      Shared shared) {
    this(rules, builder, fields, values, shared, null, null, -1);
  }

  /** A reader of the objects in a field. */
  JsonObject(FieldRule rule, RecordBuilder parent, int field, Shared shared) {
    this(
        rule.nested(),
        parent.object(field),
        new ObjectFields(rule.nested(), shared.violations()),
        new FieldValues(
            rule.nested(), parent.object(field), shared.violations(), shared.coercion(), null),
        shared,
        rule,
        parent,
        field);
  }

  private JsonObject(
      List<FieldRule> rules,
      RecordBuilder builder,
      ObjectFields fields,
      FieldValues values,
      Shared shared,
      FieldRule rule,
      RecordBuilder parent,
      int field) {
    this.fields = fields;
    this.values = values;
    names = new FieldNames(fields.names());
    nested = readers(rules, builder, shared);
    unknownFields = shared.unknownFields();
    violations = shared.violations();
    kept = shared.kept();
    this.rule = rule;
    this.parent = parent;
    this.field = field;
  }

  @Override
  boolean isNext(JsonCursor in) {
    return in.peek() == '{';
  }

  @Override
  void read(JsonCursor in) throws MalformedJson {
    parent.object(field);
    fields.begin();
    readFields(in);
    fields.end();
    rule.checkCount(fields.values(), violations.list());
    parent.setObject(field);
  }

  /** Reads the fields of an object, each of which is taken, absent or a violation. */
  void readFields(JsonCursor in) throws MalformedJson {
    names.begin();
    in.expect('{');
    if (!in.skip('}')) {
      do {
        member(in);
      } while (in.skip(','));
      in.close('}');
    }
  }

  private void member(JsonCursor in) throws MalformedJson {
    int start = in.next();
    int known = names.read(in);
    if (known == FieldNames.UNKNOWN) {
      unknown(in, start);
    } else {
      in.expect(':');
      known(in, known, start);
    }
  }

  private void known(JsonCursor in, int known, int memberStart) throws MalformedJson {
    int start = in.next();
    if (nested[known] != null && !fields.isSeen(known) && nested[known].isNext(in)) {
      nested(in, known, memberStart);
    } else {
      Kind kind = in.value();
      if (fields.isSeen(known)) {
        violations.repeated(fields.name(known), found(in, start));
      } else if (kind == Kind.NULL) {
        fields.absent(known);
      } else {
        fields.addValue();
        if (!values.take(known, kind, in, start)) {
          values.unreadable(known, found(in, start));
        }
      }
    }
    fields.see(known);
  }

  private void nested(JsonCursor in, int known, int memberStart) throws MalformedJson {
    int from = violations.size();
    nested[known].read(in);
    fields.addValue();
    violations.within(fields.name(known), from);
    if (rule == null && kept.takeInner()) {
      kept.add(fields.name(known), in.array(), memberStart, in.position());
    }
  }

  /** A name is kept before its value is read, which takes its place as the cursor's text. */
  private void unknown(JsonCursor in, int memberStart) throws MalformedJson {
    String name = unknownFields == UnknownFields.DROP ? "" : in.text().toString();
    in.expect(':');
    int start = in.next();
    if (in.value() != Kind.NULL) {
      fields.addValue();
    }
    if (unknownFields == UnknownFields.REJECT) {
      violations.unknown(name, found(in, start));
    } else if (unknownFields == UnknownFields.KEEP) {
      keep(in, name, memberStart, start);
    }
  }

  private void keep(JsonCursor in, String name, int memberStart, int start) {
    if (rule != null) {
      kept.addInner();
    } else if (!kept.add(name, in.array(), memberStart, in.position())) {
      violations.repeated(name, found(in, start));
    }
  }

  /** The value that was read last, for a message. */
  private static String found(JsonCursor in, int start) {
    return Excerpt.of(in.array(), start, in.position());
  }
}
