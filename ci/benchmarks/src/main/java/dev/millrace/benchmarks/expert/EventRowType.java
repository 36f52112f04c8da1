package dev.millrace.benchmarks.expert;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Has Flink serialise rows with {@link EventRowSerializer}. */
final class EventRowType extends TypeInformation<EventRow> {
  static final EventRowType INSTANCE = new EventRowType();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<EventRow> getTypeClass() {
    return EventRow.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<EventRow> createSerializer(SerializerConfig config) {
    return EventRowSerializer.INSTANCE;
  }

  @Override
  @Deprecated
  public TypeSerializer<EventRow> createSerializer(ExecutionConfig config) {
    return EventRowSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "EventRow";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventRowType;
  }

  @Override
  public int hashCode() {
    return EventRowType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EventRowType;
  }
}
