package dev.millrace.io.table;

import dev.millrace.io.Reasons;
import dev.millrace.io.codec.Codec;
import dev.millrace.io.parquet.PageDecompressor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Reads the rows of a file that {@link WriteTable} wrote, each as a line of text in which equal
 * rows are equal: to compare tables with. Of a column without a value there is nothing.
 */
public final class TableRows {
  private TableRows() {}

  /**
   * The rows of a local file, in its order; they must fit into memory.
   *
   * @throws UncheckedIOException if it can't be read; the message names it
   */
  public static List<String> read(Path file) {
    String name = file.getFileName().toString();
    try {
      if (name.endsWith(".parquet")) {
        return parquet(file);
      }
      return name.endsWith(".avro") ? avro(file) : lines(file);
    } catch (IOException | RuntimeException e) {
      throw new UncheckedIOException(
          "Cannot read %s: %s".formatted(file, Reasons.of(e, file.toString())),
          e instanceof IOException failure ? failure : new IOException(e));
    }
  }

  private static List<String> lines(Path file) throws IOException {
    byte[] magic;
    try (InputStream in = Files.newInputStream(file)) {
      magic = in.readNBytes(Codec.MAGIC_BYTES);
    }
    try (InputStream in = Codec.of(magic).decode(Files.newInputStream(file), file.toString())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static List<String> avro(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (DataFileReader<Object> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      reader.forEach(row -> rows.add(row.toString()));
    }
    return rows;
  }

  private static List<String> parquet(Path file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new PageDecompressor())
            .build();
    List<String> rows = new ArrayList<>();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      MessageType type = reader.getFooter().getFileMetaData().getSchema();
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        read(pages, type, rows);
      }
    }
    return rows;
  }

  private static void read(PageReadStore pages, MessageType type, List<String> rows) {
    RecordReader<Group> reader =
        new ColumnIOFactory()
            .getColumnIO(type)
            .getRecordReader(pages, new GroupRecordConverter(type));
    for (long row = 0; row < pages.getRowCount(); row++) {
      rows.add(reader.read().toString().strip().replace("\n", ", "));
    }
  }
}
