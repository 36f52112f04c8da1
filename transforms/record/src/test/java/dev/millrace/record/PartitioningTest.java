package dev.millrace.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitioningTest {

  @ParameterizedTest
  @CsvSource({
    "DAY,2001-01-15T00:00:00Z,dt=2001-01-15",
    "DAY,2001-01-15T23:59:59.999Z,dt=2001-01-15",
    "DAY,1970-01-01T00:00:00Z,dt=1970-01-01",
    "DAY,1969-12-31T23:59:59.999Z,dt=1969-12-31",
    "HOUR,2001-01-15T07:59:59.999Z,dt=2001-01-15/hour=07",
    "HOUR,2001-01-15T23:00:00Z,dt=2001-01-15/hour=23",
    "HOUR,1970-01-01T00:00:00Z,dt=1970-01-01/hour=00",
    "HOUR,1969-12-31T23:59:59.999Z,dt=1969-12-31/hour=23",
    "HOUR,1969-12-31T00:00:00Z,dt=1969-12-31/hour=00",
  })
  void namesTheFolderOfATimeInUtc(Partitioning partitioning, String time, String folder) {
    long bucket = partitioning.bucket(Instant.parse(time).toEpochMilli());

    assertThat(partitioning.name(bucket), is(folder));
    assertThat(partitioning.bucketNamed(folder), is(bucket));
    assertThat(partitioning.bucket(partitioning.endMillis(bucket)), is(bucket + 1));
    assertThat(partitioning.bucket(partitioning.endMillis(bucket) - 1), is(bucket));
  }
}
