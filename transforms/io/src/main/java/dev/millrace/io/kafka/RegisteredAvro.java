package dev.millrace.io.kafka;

import dev.millrace.record.RegistryHeader;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.beam.sdk.transforms.display.DisplayData;

/**
 * Avro in the wire format of Confluent's schema registry, which is asked for each schema when the
 * first message names it. Readers of one process may share it.
 */
final class RegisteredAvro implements ValueFormat {
  private static final long serialVersionUID = 1L;
  private static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);
  private static final int MOST_ANSWERS = 1_000;

  /** What the registry said of an id, and until when it may be believed. */
  private record Answer(RegistryHeader header, long untilMillis) {}

  /** The last so many answers: ids that are not known may be any. */
  private static final class Answers extends LinkedHashMap<Integer, Answer> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Answer> eldest) {
      return size() > MOST_ANSWERS;
    }
  }

  private final SchemaRegistry registry;
  private final Clock clock;
  private transient RegistryClient client;
  private transient Answers answers;

  RegisteredAvro(SchemaRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public void check() {
    new RegistryClient(registry).check();
  }

  @Override
  public synchronized RegistryHeader headerOf(byte[] value) {
    if (!RegistryHeader.isFramed(value, 0, value.length)) {
      return RegistryHeader.UNFRAMED;
    }
    if (answers == null) {
      answers = new Answers();
      client = new RegistryClient(registry);
    }
    int id = RegistryHeader.schemaId(value, 0);
    Answer answer = answers.get(id);
    if (answer == null || (answer.untilMillis() < Long.MAX_VALUE && isOver(answer))) {
      answer = ask(id);
      answers.put(id, answer);
    }
    return answer.header();
  }

  private boolean isOver(Answer answer) {
    return clock.millis() >= answer.untilMillis();
  }

  private Answer ask(int id) {
    Optional<RegisteredSchema> found = id < 0 ? Optional.empty() : client.schema(id);
    if (found.isEmpty()) {
      return new Answer(
          RegistryHeader.withoutSchema("the registry has no schema " + id),
          clock.millis() + UNKNOWN_FOR.toMillis());
    }
    RegisteredSchema schema = found.get();
    RegistryHeader header =
        schema.isAvro()
            ? RegistryHeader.of(whole(schema))
            : RegistryHeader.withoutSchema(
                "schema %d is of type %s (expected AVRO)".formatted(id, schema.type()));
    return new Answer(header, Long.MAX_VALUE);
  }

  /** The schema with those that it refers to within it. */
  private String whole(RegisteredSchema schema) {
    if (schema.references().isEmpty()) {
      return schema.schema();
    }
    Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
    define(schema.references(), parser, new HashSet<>());
    return parser.parse(schema.schema()).toString();
  }

  private void define(
      List<RegisteredSchema.Reference> references,
      Schema.Parser parser,
      Set<RegisteredSchema.Reference> defined) {
    for (RegisteredSchema.Reference reference : references) {
      if (defined.add(reference)) {
        RegisteredSchema schema = client.schema(reference);
        define(schema.references(), parser, defined);
        parser.parse(schema.schema());
      }
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    registry.populateDisplayData(builder);
  }
}
