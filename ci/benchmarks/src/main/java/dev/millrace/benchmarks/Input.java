package dev.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * What contenders read, and how what they write is judged.
 *
 * @param folder the files, as JSON lines
 * @param rows how many lines there are
 * @param check what is wrong with an output
 */
public record Input(Path folder, long rows, Check check) {

  /** Compares an output with the truth. */
  public interface Check {
    /** What is wrong with an output, a line each; nothing if it is right. */
    List<String> differences(Path output) throws SQLException, IOException;
  }
}
