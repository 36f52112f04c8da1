package dev.millrace.benchmarks.limit;

import dev.millrace.benchmarks.run.Repetitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Runs one of the limits: the fourth argument is its name. */
public final class Limit {
  private static final int THREADS = 2;

  /** A part of the job, over the files that a thread has. */
  interface Work {
    /** Does the work, and returns something of it, so that none of it can be left out. */
    long over(List<Path> files, Path output) throws IOException;
  }

  private Limit() {}

  /** Runs the limit as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    List<Work> works = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      works.add(work(args[3]));
    }
    Repetitions.measure((input, output) -> run(works, input, output), args);
  }

  static Work work(String name) {
    return switch (name) {
      case "read" -> new ReadFiles();
      case "parse" -> new ParseLines();
      case "hash" -> new HashLines();
      case "parquet" -> new WriteParquet();
      default -> throw new IllegalArgumentException("Invalid limit: " + name);
    };
  }

  /** Has each of the works run in a thread, over every other file. */
  static long run(List<Work> works, Path input, Path output) throws Exception {
    Files.createDirectories(output);
    List<Path> files = files(input);
    ExecutorService threads = Executors.newFixedThreadPool(works.size());
    try {
      List<Future<Long>> results = new ArrayList<>();
      for (int i = 0; i < works.size(); i++) {
        Work work = works.get(i);
        List<Path> share = everyOther(files, i, works.size());
        Path file = output.resolve("part-" + i);
        results.add(threads.submit(() -> work.over(share, file)));
      }
      long total = 0;
      for (Future<Long> result : results) {
        total += result.get();
      }
      return total;
    } finally {
      threads.shutdown();
    }
  }

  private static List<Path> files(Path input) throws IOException {
    try (Stream<Path> files = Files.list(input)) {
      return files.filter(file -> file.toString().endsWith(".ndjson")).sorted().toList();
    }
  }

  private static List<Path> everyOther(List<Path> files, int from, int step) {
    List<Path> share = new ArrayList<>();
    for (int i = from; i < files.size(); i += step) {
      share.add(files.get(i));
    }
    return share;
  }
}
