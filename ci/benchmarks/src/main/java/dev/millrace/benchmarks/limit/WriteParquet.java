package dev.millrace.benchmarks.limit;

import dev.millrace.benchmarks.expert.EventParquet;
import dev.millrace.benchmarks.expert.EventParser;
import dev.millrace.benchmarks.expert.EventRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/** Writes rows that are in memory, parsed before the first run ends: the first is no measure. */
final class WriteParquet implements Limit.Work {
  private static final int KEPT = 100_000;

  private final List<EventRow> kept = new ArrayList<>();
  private long rows;

  @Override
  public long over(List<Path> files, Path output) throws IOException {
    if (kept.isEmpty()) {
      parse(files);
    }
    try (ParquetWriter<EventRow> writer = EventParquet.writer(new LocalOutputFile(output))) {
      for (long row = 0; row < rows; row++) {
        writer.write(kept.get((int) (row % kept.size())));
      }
    }
    return rows;
  }

  private void parse(List<Path> files) throws IOException {
    EventParser parser = new EventParser();
    EventRow row = new EventRow();
    new Lines()
        .forEach(
            files,
            (bytes, from, to) -> {
              if (parser.parse(bytes, from, to, row)) {
                rows++;
                if (kept.size() < KEPT) {
                  kept.add(row.copy());
                }
              }
            });
  }
}
