package dev.millrace.benchmarks.events;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a job over the workload must come to.
 *
 * @param format the version of the generator that wrote the workload
 * @param rows the lines
 * @param bytes their size, ends of line included
 * @param events the lines that are to be published: every copy but one is left out
 * @param copies the exact copies of earlier events
 * @param malformed the lines that are not JSON
 * @param flawed the lines that break the contract
 * @param partitions the published rows by day, such as {@code dt=2026-03-02}
 * @param sums what the columns of the published rows add up to
 */
public record Truth(
    String format,
    long rows,
    long bytes,
    long events,
    long copies,
    long malformed,
    long flawed,
    Map<String, Long> partitions,
    Sums sums) {

  /**
   * Sums over the published rows, which every column has a part in.
   *
   * @param timeMillis event times, in milliseconds since the workload's first midnight
   * @param textBytes the bytes of UTF-8 of all text columns
   * @param nulls the absent values of all columns
   * @param attributes the numbers among the further fields, all together
   */
  public record Sums(
      long timeMillis,
      long amountCents,
      long quantity,
      long durationMillis,
      long signedIn,
      long textBytes,
      long nulls,
      long attributes) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The lines that must end in quarantine. */
  public long rejected() {
    return malformed + flawed;
  }

  static Truth read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), Truth.class);
  }

  void write(Path file) throws IOException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    JSON.writer(printer).writeValue(file.toFile(), this);
  }
}
