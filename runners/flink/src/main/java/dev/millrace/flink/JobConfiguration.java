package dev.millrace.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * What an unbounded job brings to Flink that Beam has no option for. Flink puts a job's
 * configuration before that of its cluster; what the user's own has stays as it is.
 *
 * <p>RocksDB, if the cluster has it, gets write buffers of 8 MB in place of 64 MB. A buffer takes
 * an eighth of its size with its first entry, a subtask of each stateful step has several, and all
 * that are in a slot share a bound, which is 85 MB where the slot has 256 MB of managed memory. A
 * dozen of the default's would exceed it, and RocksDB then writes them to disk and compacts them
 * all the time, with next to nothing in each.
 */
final class JobConfiguration {
  static final String WRITE_BUFFER = "state.backend.rocksdb.writebuffer.size";

  private static final String WRITE_BUFFER_SIZE = "8mb";

  private JobConfiguration() {}

  /**
   * Adds it to what Flink's client would read.
   *
   * @param given the folder of the user's configuration; null for that which Flink finds by itself
   * @param folder where to write the whole, to be the client's configuration
   */
  static void write(String given, Path folder) throws IOException {
    Configuration job =
        given == null
            ? GlobalConfiguration.loadConfiguration()
            : GlobalConfiguration.loadConfiguration(given);
    if (!job.containsKey(WRITE_BUFFER)) {
      job.setString(WRITE_BUFFER, WRITE_BUFFER_SIZE);
    }
    Files.write(
        folder.resolve(GlobalConfiguration.getFlinkConfFilename()),
        ConfigurationUtils.convertConfigToWritableLines(job, true));
  }
}
