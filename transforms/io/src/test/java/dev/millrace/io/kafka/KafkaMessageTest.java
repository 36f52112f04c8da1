package dev.millrace.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class KafkaMessageTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void isCodedWithAllThatItHas() throws Exception {
    KafkaMessage full =
        KafkaMessage.of(bytes("k"), bytes("value"))
            .at(5)
            .with(List.of(new RecordHeader("a", bytes("1")), new RecordHeader("b", null)));
    for (KafkaMessage message :
        List.of(full, KafkaMessage.of(null, null), KafkaMessage.of(bytes(""), bytes("")))) {
      CoderProperties.coderDecodeEncodeEqual(KafkaMessage.MessageCoder.of(), message);
    }
    CoderProperties.coderDecodeEncodeEqual(
        ShardProgress.ProgressCoder.of(), ShardProgress.NONE.then(full));
  }

  @Test
  void hasTheShardOfItsKey() {
    KafkaMessage first = KafkaMessage.of(bytes("k"), bytes("a"));
    assertThat(first.shard(7), is(KafkaMessage.of(bytes("k"), bytes("b")).shard(7)));
    assertThat(first.shard(7), is(lessThan(7)));
    long used =
        IntStream.range(0, 100)
            .map(i -> KafkaMessage.of(null, bytes("value " + i)).shard(7))
            .distinct()
            .count();
    assertThat(used, is(7L));
  }

  @Test
  void isToldApartByItsDigestAndItsPlace() {
    KafkaMessage a = KafkaMessage.of(null, bytes("a"));
    KafkaMessage b = KafkaMessage.of(bytes("a"), null);
    assertThat(a.digest(0), is(not(b.digest(0))));
    assertThat(a.digest(0), is(not(a.digest(1))));
    assertThat(a.digest(0), is(not(a.at(3).digest(0))));
    assertThat(ShardProgress.NONE.then(a).then(b), is(not(ShardProgress.NONE.then(b).then(a))));
  }
}
