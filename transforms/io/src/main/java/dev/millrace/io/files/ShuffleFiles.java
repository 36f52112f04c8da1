package dev.millrace.io.files;

import dev.millrace.io.avro.AvroBytes;
import dev.millrace.io.avro.AvroCodec;
import dev.millrace.io.avro.AvroContainer;
import dev.millrace.record.AvroHeader;
import dev.millrace.record.BlockHeader;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * Writes the records of files to other files, in another order of arrival: by event time, each
 * later by anything from nothing to a lateness. So none comes later than that after one that
 * happened after it. A record without an event time comes with the one before it.
 *
 * <p>The bytes of the records are kept. Records of CSV with one header are written as CSV, those of
 * Avro and Parquet with one schema as Avro, others a line each, as NDJSON. The same seed gives the
 * same order. All records are in memory at once.
 */
public final class ShuffleFiles {

  private final FileSet files;

  /** Null for what each name says. */
  private final FileFormat format;

  private final CsvDialect dialect;

  /** When a record comes, and a block of it alone. */
  private record Arrival(long millis, RawBlock block) {}

  private ShuffleFiles(FileSet files, FileFormat format, CsvDialect dialect) {
    this.files = files;
    this.format = format;
    this.dialect = dialect;
  }

  /** The records of these files, in the formats that their names say. */
  public static ShuffleFiles of(FileSet files) {
    return new ShuffleFiles(files, null, CsvDialect.RFC_4180);
  }

  /** Reads all files in this format, whatever their names. */
  public ShuffleFiles withFormat(FileFormat format) {
    return new ShuffleFiles(files, format, dialect);
  }

  /** How CSV files are written. */
  public ShuffleFiles withDialect(CsvDialect dialect) {
    return new ShuffleFiles(files, format, dialect);
  }

  /**
   * Writes so many files to a folder, with times of modification in the order of their names.
   *
   * @param times the event time of a block of one record, or the earliest timestamp there is
   * @throws UncheckedIOException if that fails; the message says where
   */
  public void writeTo(
      Path folder,
      int count,
      SerializableFunction<RawBlock, Instant> times,
      Duration lateness,
      long seed) {
    try {
      List<Arrival> arrivals = arrivals(times, lateness.toMillis(), new Random(seed));
      arrivals.sort(Comparator.comparingLong(Arrival::millis));
      Files.createDirectories(folder);
      for (int i = 0; i < count; i++) {
        int from = (int) ((long) arrivals.size() * i / count);
        int to = (int) ((long) arrivals.size() * (i + 1) / count);
        write(folder, i, arrivals.subList(from, to));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot shuffle the input: " + e.getMessage(), e);
    }
  }

  private List<Arrival> arrivals(
      SerializableFunction<RawBlock, Instant> times, long lateness, Random random)
      throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    long last = 0;
    for (FileSet.MatchedFile file : files.files()) {
      FileRange range = format == null ? FileRange.of(file) : FileRange.of(file, format);
      try (RangeReader reader = RangeReader.open(range, dialect, ReadLimits.DEFAULT)) {
        for (RawBlock block = reader.next(); block != null; block = reader.next()) {
          for (int i = 0; i < block.size(); i++) {
            RawBlock one = one(block, i);
            Instant time = times.apply(one);
            last = time.equals(BoundedWindow.TIMESTAMP_MIN_VALUE) ? last : time.getMillis();
            long late = lateness == 0 ? 0 : random.nextLong(lateness);
            arrivals.add(new Arrival(last + late, one));
          }
        }
      }
    }
    return arrivals;
  }

  private static RawBlock one(RawBlock block, int index) {
    RawBlock one = RawBlock.of(block.raw(index));
    return block.header().map(one::withHeader).orElse(one);
  }

  private static void write(Path folder, int number, List<Arrival> arrivals) throws IOException {
    BlockHeader header = arrivals.isEmpty() ? null : arrivals.get(0).block().header().orElse(null);
    byte[] bytes =
        header instanceof AvroHeader avro ? avro(avro, arrivals) : text(header, arrivals);
    String extension = header == null ? "ndjson" : header instanceof CsvHeader ? "csv" : "avro";
    Path file = folder.resolve(String.format(Locale.ROOT, "%05d.%s", number, extension));
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000L * (number + 1)));
  }

  private static byte[] avro(AvroHeader header, List<Arrival> arrivals) throws IOException {
    AvroContainer container = new AvroContainer(header.schema(), AvroCodec.NULL);
    AvroBytes records = new AvroBytes();
    for (Arrival arrival : arrivals) {
      if (!arrival.block().header().orElseThrow().equals(header)) {
        throw new IOException("its files have different schemas");
      }
      byte[] datum = arrival.block().raw(0).payload();
      records.write(datum, 0, datum.length);
    }
    AvroBytes file = new AvroBytes();
    container.header(file);
    container.block(arrivals.size(), records, file);
    return Arrays.copyOf(file.array(), file.length());
  }

  private static byte[] text(BlockHeader header, List<Arrival> arrivals) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    if (header instanceof CsvHeader csv) {
      line(csv.array(), text);
    }
    for (Arrival arrival : arrivals) {
      line(arrival.block().raw(0).payload(), text);
    }
    return text.toByteArray();
  }

  private static void line(byte[] bytes, ByteArrayOutputStream text) {
    text.writeBytes(bytes);
    text.write('\n');
  }
}
