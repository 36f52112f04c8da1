package dev.millrace.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * What a run that goes on publishes at once: see {@link CommitSchedule}. Its files hold what is
 * due; its tallies say what became of the records that were read in its interval, some of which are
 * due in later commits.
 *
 * @param name unique in the run; sorts as time does
 * @param after the name of the commit before it in the run; empty if it is the first, and in parts
 * @param completed the partitions that it publishes as a whole; to others it adds
 * @param files the files of all tables, in the order of their paths
 * @param tallies what became of the records that were read
 * @param due the records that the files must have, by disposition, detail and partition
 */
public record Commit(
    String name,
    String after,
    SortedSet<String> completed,
    List<WrittenFile> files,
    SortedMap<Tally, Long> tallies,
    SortedMap<Tally, Long> due) {
  private static final Comparator<Tally> ORDER =
      Comparator.comparing(Tally::disposition)
          .thenComparing(Tally::detail)
          .thenComparing(Tally::partition)
          .thenComparingInt(Tally::hour);

  /** Keeps immutable copies, in order. */
  public Commit {
    completed = Collections.unmodifiableSortedSet(new TreeSet<>(completed));
    files = files.stream().sorted(Comparator.comparing(WrittenFile::path)).toList();
    tallies = sorted(tallies);
    due = sorted(due);
  }

  private static SortedMap<Tally, Long> sorted(Map<Tally, Long> counts) {
    SortedMap<Tally, Long> sorted = new TreeMap<>(ORDER);
    sorted.putAll(counts);
    return Collections.unmodifiableSortedMap(sorted);
  }

  /** A part of a commit: a file that it publishes. */
  public static Commit ofFile(String name, WrittenFile file) {
    return of(name, List.of(), List.of(file), Map.of(), Map.of());
  }

  /** A part of a commit: records that were read. */
  public static Commit ofRead(String name, Tally tally, long count) {
    return of(name, List.of(), List.of(), Map.of(tally, count), Map.of());
  }

  /** A part of a commit: records that are due. */
  public static Commit ofDue(String name, Tally tally, long count) {
    return of(name, List.of(), List.of(), Map.of(), Map.of(tally, count));
  }

  /** A part of a commit: a partition that is complete. */
  public static Commit ofCompleted(String name, String partition) {
    return of(name, List.of(partition), List.of(), Map.of(), Map.of());
  }

  private static Commit of(
      String name,
      List<String> completed,
      List<WrittenFile> files,
      Map<Tally, Long> tallies,
      Map<Tally, Long> due) {
    return new Commit(name, "", new TreeSet<>(completed), files, sorted(tallies), sorted(due));
  }

  /** The whole of some parts of a commit. */
  public static Commit together(String name, Iterable<Commit> parts) {
    SortedSet<String> completed = new TreeSet<>();
    List<WrittenFile> files = new ArrayList<>();
    SortedMap<Tally, Long> tallies = new TreeMap<>(ORDER);
    SortedMap<Tally, Long> due = new TreeMap<>(ORDER);
    for (Commit part : parts) {
      completed.addAll(part.completed);
      files.addAll(part.files);
      part.tallies.forEach((tally, count) -> tallies.merge(tally, count, Long::sum));
      part.due.forEach((tally, count) -> due.merge(tally, count, Long::sum));
    }
    return new Commit(name, "", completed, files, tallies, due);
  }

  /** The commit as the one that comes after another. */
  public Commit comingAfter(String before) {
    return new Commit(name, before, completed, files, tallies, due);
  }

  /**
   * The coder: name, the one before, completed partitions, files, tallies and due tallies, the
   * numbers of each first. Deterministic.
   */
  public static final class CommitCoder extends AtomicCoder<Commit> {
    private static final long serialVersionUID = 1L;
    private static final CommitCoder INSTANCE = new CommitCoder();

    private CommitCoder() {}

    /** The one coder of commits. */
    public static CommitCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(Commit commit, OutputStream out) throws IOException {
      Bytes.writeString(commit.name, out);
      Bytes.writeString(commit.after, out);
      VarInt.encode(commit.completed.size(), out);
      for (String partition : commit.completed) {
        Bytes.writeString(partition, out);
      }
      VarInt.encode(commit.files.size(), out);
      for (WrittenFile file : commit.files) {
        WrittenFile.WrittenFileCoder.of().encode(file, out);
      }
      encode(commit.tallies, out);
      encode(commit.due, out);
    }

    private static void encode(Map<Tally, Long> counts, OutputStream out) throws IOException {
      VarInt.encode(counts.size(), out);
      for (Map.Entry<Tally, Long> count : counts.entrySet()) {
        Tally.TallyCoder.of().encode(count.getKey(), out);
        VarInt.encode(count.getValue(), out);
      }
    }

    @Override
    public Commit decode(InputStream in) throws IOException {
      String name = Bytes.readString(in);
      String after = Bytes.readString(in);
      SortedSet<String> completed = new TreeSet<>();
      for (int left = VarInt.decodeInt(in); left > 0; left--) {
        completed.add(Bytes.readString(in));
      }
      List<WrittenFile> files = new ArrayList<>();
      for (int left = VarInt.decodeInt(in); left > 0; left--) {
        files.add(WrittenFile.WrittenFileCoder.of().decode(in));
      }
      return new Commit(name, after, completed, files, decodeCounts(in), decodeCounts(in));
    }

    private static SortedMap<Tally, Long> decodeCounts(InputStream in) throws IOException {
      SortedMap<Tally, Long> counts = new TreeMap<>(ORDER);
      for (int left = VarInt.decodeInt(in); left > 0; left--) {
        Tally tally = Tally.TallyCoder.of().decode(in);
        counts.put(tally, VarInt.decodeLong(in));
      }
      return counts;
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
