package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Disposition;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A topic in Avro read on Flink, with a registry that goes away and comes back. */
@ExtendWith(SharedBroker.class)
class AvroTopicOnFlinkTest {
  private static final String TOPIC = "flights-in-avro";
  private static final int PARTITIONS = 2;
  private static final int FLIGHTS_A_DAY = 100;
  private static final int OLD = 1;
  private static final int NEW = 2;

  /** Two versions of a schema, with other types and in another order. */
  private static final Map<Integer, Schema> SCHEMAS =
      Map.of(
          OLD,
          SchemaBuilder.record("flight")
              .fields()
              .requiredString("date")
              .requiredInt("delay")
              .requiredInt("distance")
              .requiredString("origin")
              .requiredString("destination")
              .endRecord(),
          NEW,
          SchemaBuilder.record("flight")
              .fields()
              .requiredLong("distance")
              .requiredString("origin")
              .requiredString("destination")
              .requiredString("date")
              .optionalLong("delay")
              .endRecord());

  @TempDir Path folder;

  /** The new schema is first asked for while the registry is away. */
  @Test
  @Timeout(180)
  void waitsForARegistryThatIsAwayAndQuarantinesNothing(KafkaBroker broker) throws Exception {
    broker.createTopic(TOPIC, PARTITIONS);
    try (SchemaServer registry = SchemaServer.of(SCHEMAS);
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        LiveIngest run = start(broker, registry)) {
      send(producer, 1, OLD);
      LiveIngest.await(() -> registry.answered(OLD) > 0);
      registry.goAway();
      send(producer, 2, NEW);
      LiveIngest.await(() -> registry.leftAlone(NEW) >= 3);
      assertThat(registry.answered(NEW), is(0));
      registry.comeBack();
      send(producer, 3, OLD);
      send(producer, 5, NEW);

      LiveIngest.await(() -> run.has("records", 3));
      assertThat(
          run.published("records", 1, 2, 3),
          is(LongStream.range(FLIGHTS_A_DAY, 4L * FLIGHTS_A_DAY).boxed().toList()));
      assertThat(run.count(Disposition.REJECTED), is(0L));
      assertThat(Files.exists(folder.resolve("out/quarantine")), is(false));
    }
  }

  private LiveIngest start(KafkaBroker broker, SchemaServer registry) throws IOException {
    return LiveIngest.start(
        folder,
        Map.of(
            "topic",
            TOPIC,
            "bootstrapServers",
            broker.bootstrapServers(),
            "parallelism",
            "2",
            "format",
            "avro",
            "schemaRegistry",
            registry.url()));
  }

  private static void send(Producer<byte[], byte[]> producer, int day, int schema)
      throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < FLIGHTS_A_DAY; i++) {
      byte[] value = message(schema, day, i, day * FLIGHTS_A_DAY + i);
      sent.add(producer.send(new ProducerRecord<>(TOPIC, i % PARTITIONS, null, value)));
    }
    for (Future<RecordMetadata> message : sent) {
      message.get();
    }
  }

  /** A zero, the schema's id, and the datum. */
  private static byte[] message(int id, int day, int minute, int distance) throws IOException {
    Schema schema = SCHEMAS.get(id);
    GenericData.Record flight =
        new GenericRecordBuilder(schema)
            .set("date", "2001-01-%02dT00:%02d:%02dZ".formatted(day, minute / 60, minute % 60))
            .set("delay", number(schema, "delay", 1))
            .set("distance", number(schema, "distance", distance))
            .set("origin", "SFO")
            .set("destination", "LAX")
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(flight, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Object number(Schema schema, String field, int value) {
    if (schema.getField(field).schema().getType() == Schema.Type.INT) {
      return value;
    }
    return (long) value;
  }
}
