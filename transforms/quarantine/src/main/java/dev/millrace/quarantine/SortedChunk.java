package dev.millrace.quarantine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.PriorityQueue;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Sorted lines packed for the shuffle, and their merge.
 *
 * <p>The first line lies open, then follow, deflated, the number of the others and these. So a
 * merge orders the chunks by their first lines and inflates one only when its turn comes: chunks of
 * different ranges of a source are never inflated at the same time, and a run that rejects
 * everything needs memory for deflated lines only.
 */
final class SortedChunk {
  private SortedChunk() {}

  /** What takes the lines of a merge, in their order. */
  interface LineSink {
    void accept(Line line) throws IOException;
  }

  /** Packs lines, at least one, given in any order. */
  static byte[] pack(List<Line> lines) {
    List<Line> sorted = lines.stream().sorted().toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      sorted.get(0).writeTo(new DataOutputStream(bytes));
      try (var rest = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
        rest.writeInt(sorted.size() - 1);
        for (Line line : sorted.subList(1, sorted.size())) {
          line.writeTo(rest);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot pack lines: memory refused them", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /** Gives the lines of all chunks to a sink, in order. The chunks are iterated once. */
  static void merge(Iterable<byte[]> chunks, LineSink sink) throws IOException {
    PriorityQueue<Cursor> cursors = new PriorityQueue<>();
    for (byte[] chunk : chunks) {
      cursors.add(new Cursor(chunk));
    }
    while (!cursors.isEmpty()) {
      Cursor first = cursors.poll();
      sink.accept(first.line);
      if (first.advance()) {
        cursors.add(first);
      }
    }
  }

  /** A place in a chunk; ordered by the line that is there. */
  private static final class Cursor implements Comparable<Cursor> {
    private final DataInputStream packed;
    private DataInputStream rest;
    private int remaining;
    private Line line;

    Cursor(byte[] chunk) throws IOException {
      packed = new DataInputStream(new ByteArrayInputStream(chunk));
      line = Line.readFrom(packed);
    }

    boolean advance() throws IOException {
      if (rest == null) {
        rest = new DataInputStream(new InflaterInputStream(packed));
        remaining = rest.readInt();
      }
      if (remaining == 0) {
        rest.close();
        return false;
      }
      remaining--;
      line = Line.readFrom(rest);
      return true;
    }

    @Override
    public int compareTo(Cursor other) {
      return line.compareTo(other.line);
    }
  }
}
