package dev.millrace.benchmarks.peer;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;

/** How a keyed operator of a bounded job finds the state of a row's key. */
public enum KeyedState {
  /** Rows are sorted by key, and one key's state is held at a time: Flink's way for any size. */
  SORTED {
    @Override
    void configure(Configuration settings) {
      settings.set(ExecutionOptions.SORT_INPUTS, true);
    }
  },
  /**
   * The state of all keys is held in a hash map on the heap, as in a streaming job. It costs a
   * quarter less here, and fails for want of memory where the keys of an input don't fit.
   */
  ON_HEAP {
    @Override
    void configure(Configuration settings) {
      settings.set(ExecutionOptions.SORT_INPUTS, false);
      settings.set(ExecutionOptions.USE_BATCH_STATE_BACKEND, false);
    }
  };

  abstract void configure(Configuration settings);
}
