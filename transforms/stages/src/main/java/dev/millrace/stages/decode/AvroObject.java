package dev.millrace.stages.decode;

import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.UnknownFields;
import dev.millrace.stages.decode.JsonNested.Shared;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Reads the objects that are records, or that are in a field of theirs, in the order of the
 * writer's fields. Those that the contract knows are found by their names, once a schema.
 */
final class AvroObject extends AvroReader {
  private static final int UNKNOWN = -1;

  private final Schema.Field[] members;

  /** The field of each member, or {@link #UNKNOWN}. */
  private final int[] known;

  /** The reader of each known member. */
  private final AvroReader[] readers;

  private final ObjectFields fields;
  private final TypedValues values;
  private final UnknownFields unknownFields;
  private final Violations violations;
  private final KeptFields kept;

  /** Null for records, which are in no field. */
  private final FieldRule rule;

  private final RecordBuilder parent;
  private final int field;

  /** A reader of records. */
  AvroObject(
      Schema schema,
      List<FieldRule> rules,
      RecordBuilder builder,
      ObjectFields fields,
      TypedValues values,
      Shared shared) {
    this(schema, rules, builder, fields, values, shared, null, null, UNKNOWN);
  }

  /** A reader of the objects in a field. */
  AvroObject(Schema schema, FieldRule rule, RecordBuilder parent, int field, Shared shared) {
    this(
        schema,
        rule.nested(),
        parent.object(field),
        new ObjectFields(rule.nested(), shared.violations()),
        TypedValues.of(rule.nested(), parent.object(field), shared),
        shared,
        rule,
        parent,
        field);
  }

  private AvroObject(
      Schema schema,
      List<FieldRule> rules,
      RecordBuilder builder,
      ObjectFields fields,
      TypedValues values,
      Shared shared,
      FieldRule rule,
      RecordBuilder parent,
      int field) {
    this.fields = fields;
    this.values = values;
    members = schema.getFields().toArray(Schema.Field[]::new);
    List<String> names = Arrays.asList(fields.names());
    known = Arrays.stream(members).mapToInt(member -> names.indexOf(member.name())).toArray();
    readers = new AvroReader[members.length];
    for (int i = 0; i < members.length; i++) {
      if (known[i] != UNKNOWN) {
        Into into = new Into(values, shared);
        readers[i] = of(members[i].schema(), rules.get(known[i]), builder, known[i], into);
      }
    }
    unknownFields = shared.unknownFields();
    violations = shared.violations();
    kept = shared.kept();
    this.rule = rule;
    this.parent = parent;
    this.field = field;
  }

  @Override
  Taken read(AvroCursor in) throws MalformedJson {
    parent.object(field);
    fields.begin();
    readFields(in);
    fields.end();
    rule.checkCount(fields.values(), violations.list());
    parent.setObject(field);
    return Taken.NESTED;
  }

  /** Reads the fields of an object, each of which is taken, absent or a violation. */
  void readFields(AvroCursor in) throws MalformedJson {
    for (int i = 0; i < members.length; i++) {
      if (known[i] == UNKNOWN) {
        unknown(members[i], in);
      } else {
        known(i, in);
      }
    }
  }

  private void known(int member, AvroCursor in) throws MalformedJson {
    int target = known[member];
    int start = in.position();
    int from = violations.size();
    Taken taken = readers[member].read(in);
    if (taken == Taken.NULL) {
      fields.absent(target);
    } else {
      fields.addValue();
    }
    if (taken == Taken.NOT) {
      values.unreadable(target, AvroJson.found(members[member].schema(), in, start));
    } else if (taken == Taken.NESTED) {
      violations.within(fields.name(target), from);
      if (rule == null && kept.takeInner()) {
        keep(members[member], in, start);
      }
    }
    fields.see(target);
  }

  /**
   * A null is the same as nothing: the writer's schema has the field whether or not a record has.
   */
  private void unknown(Schema.Field member, AvroCursor in) throws MalformedJson {
    int start = in.position();
    if (!AvroJson.skip(member.schema(), in)) {
      return;
    }
    fields.addValue();
    if (unknownFields == UnknownFields.REJECT) {
      violations.unknown(member.name(), AvroJson.found(member.schema(), in, start));
    } else if (unknownFields == UnknownFields.KEEP && rule == null) {
      keep(member, in, start);
    } else if (unknownFields == UnknownFields.KEEP) {
      kept.addInner();
    }
  }

  private void keep(Schema.Field member, AvroCursor in, int start) throws MalformedJson {
    byte[] json = AvroJson.of(member.schema(), in, start);
    byte[] text = FieldNames.member(member.name(), json, 0, json.length);
    kept.add(member.name(), text, 0, text.length);
  }
}
