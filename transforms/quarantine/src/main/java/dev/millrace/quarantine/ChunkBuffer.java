package dev.millrace.quarantine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The lines that a bundle has collected for each file and not yet sent on. */
final class ChunkBuffer {
  private final int limit;
  private final Map<String, List<Line>> lines = new TreeMap<>();
  private long size;

  /** A buffer that is full at this many bytes of lines. */
  ChunkBuffer(int limit) {
    this.limit = limit;
  }

  void add(String file, Line line) {
    lines.computeIfAbsent(file, name -> new ArrayList<>()).add(line);
    size += line.json().length;
  }

  boolean isFull() {
    return size >= limit;
  }

  /** Gives each file's name and packed lines to a consumer; the buffer is then empty. */
  void drain(BiConsumer<String, byte[]> consumer) {
    lines.forEach((file, collected) -> consumer.accept(file, SortedChunk.pack(collected)));
    lines.clear();
    size = 0;
  }
}
