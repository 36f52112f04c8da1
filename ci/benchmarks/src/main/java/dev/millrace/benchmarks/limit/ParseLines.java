package dev.millrace.benchmarks.limit;

import dev.millrace.benchmarks.expert.EventParser;
import dev.millrace.benchmarks.expert.EventRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds and parses lines in memory; what the parser doesn't take is counted and left. */
final class ParseLines implements Limit.Work {
  private final Memory memory = new Memory();
  private final EventParser parser = new EventParser();
  private final EventRow row = new EventRow();
  private long parsed;

  @Override
  public long over(List<Path> files, Path output) throws IOException {
    parsed = 0;
    memory.forEach(
        files, (bytes, from, to) -> parsed += parser.parse(bytes, from, to, row) ? 1 : 0);
    return parsed;
  }
}
