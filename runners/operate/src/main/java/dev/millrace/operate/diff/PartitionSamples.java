package dev.millrace.operate.diff;

import java.util.List;

/** The first rows of a partition that differ, in their order. */
record PartitionSamples(
    List<RowSample> added, List<RowSample> removed, List<ChangedSample> changed) {}
