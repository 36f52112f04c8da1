package dev.millrace.io.blocks;

import dev.millrace.io.avro.AvroBytes;
import java.util.stream.IntStream;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Writes the rows that Parquet reads as Avro's binary encoding, in the schema of {@link
 * ParquetAsAvro}. Parquet gives the fields of a group in their order and leaves out those without a
 * value; arrays are written an item a block, as how many there are is not known before.
 */
final class ParquetDatum extends RecordMaterializer<Boolean> {
  private static final int NONE = 0;
  private static final int ONE = 1;

  private final AvroBytes out;
  private final GroupConverter root;

  ParquetDatum(MessageType type, AvroBytes out) {
    this.out = out;
    this.root = new ObjectWriter(type, () -> {});
  }

  @Override
  public Boolean getCurrentRecord() {
    return true;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private Converter writer(Type type, Runnable before) {
    if (type.isPrimitive()) {
      return ParquetLeaf.writer(type.asPrimitiveType(), before, out);
    }
    GroupType group = type.asGroupType();
    return switch (ParquetForm.of(group)) {
      case OBJECT -> new ObjectWriter(group, before);
      case LIST_OF_REPEATED, MAP ->
          new ListWriter(before, writer(group.getType(0), () -> out.number(ONE)));
      case LIST_OF_WRAPPED ->
          new ListWriter(before, new WrappedWriter(group.getType(0).asGroupType()));
    };
  }

  /** The fields of an object, those without a value too. */
  private final class ObjectWriter extends GroupConverter {
    private final Runnable before;
    private final Repetition[] repetitions;
    private final Converter[] fields;
    private int next;

    /** Whether the field before the next one is repeated, and may have more. */
    private boolean open;

    private ObjectWriter(GroupType group, Runnable before) {
      this.before = before;
      repetitions = group.getFields().stream().map(Type::getRepetition).toArray(Repetition[]::new);
      fields =
          IntStream.range(0, repetitions.length)
              .mapToObj(field -> writer(group.getType(field), () -> begin(field)))
              .toArray(Converter[]::new);
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      before.run();
      next = 0;
      open = false;
    }

    @Override
    public void end() {
      absentUpTo(fields.length);
    }

    private void begin(int field) {
      if (!open || field != next - 1) {
        absentUpTo(field);
        next = field + 1;
        open = repetitions[field] == Repetition.REPEATED;
      }
      if (repetitions[field] != Repetition.REQUIRED) {
        out.number(ONE); // one item, or the branch after null
      }
    }

    private void absentUpTo(int field) {
      if (open) {
        out.number(NONE);
        open = false;
      }
      for (; next < field; next++) {
        if (repetitions[next] == Repetition.REQUIRED) {
          throw new IllegalStateException("a required field has no value");
        }
        out.number(NONE); // no items, or the branch of null
      }
    }
  }

  /** The items of a list, each of which begins itself. */
  private final class ListWriter extends GroupConverter {
    private final Runnable before;
    private final Converter item;

    private ListWriter(Runnable before, Converter item) {
      this.before = before;
      this.item = item;
    }

    @Override
    public Converter getConverter(int field) {
      return item;
    }

    @Override
    public void start() {
      before.run();
    }

    @Override
    public void end() {
      out.number(NONE);
    }
  }

  /** A group around one element, which may be null. */
  private final class WrappedWriter extends GroupConverter {
    private final Repetition repetition;
    private final Converter element;
    private boolean there;

    private WrappedWriter(GroupType wrapper) {
      repetition = wrapper.getType(0).getRepetition();
      element = writer(wrapper.getType(0), this::begin);
    }

    private void begin() {
      there = true;
      if (repetition == Repetition.OPTIONAL) {
        out.number(ONE);
      }
    }

    @Override
    public Converter getConverter(int field) {
      return element;
    }

    @Override
    public void start() {
      out.number(ONE);
      there = false;
    }

    @Override
    public void end() {
      if (!there) {
        out.number(NONE);
      }
    }
  }
}
