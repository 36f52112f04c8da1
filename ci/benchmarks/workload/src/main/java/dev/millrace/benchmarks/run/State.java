package dev.millrace.benchmarks.run;

/** Where a job that goes on has its state while it runs. */
public enum State {
  /** As objects on the heap: the fastest, while it fits. */
  HEAP("hashmap"),
  /** In RocksDB: as bytes, on disk as far as memory does not hold it. */
  ROCKSDB("rocksdb");

  private final String flink;

  State(String flink) {
    this.flink = flink;
  }

  /** Flink's name for it. */
  String flink() {
    return flink;
  }
}
