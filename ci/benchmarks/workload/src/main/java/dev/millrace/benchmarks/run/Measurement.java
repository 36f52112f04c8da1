package dev.millrace.benchmarks.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What one repetition of a job took; a contender's process prints it as a line of JSON.
 *
 * @param repetition 0 is the first in its process, which starts cold
 * @param cpuSeconds the CPU time of the whole process, compilation and collection included; that of
 *     the first repetition counts from the start of the process
 * @param wallSeconds the time that passed, counted likewise
 * @param peakRssMiB the most memory that the process has held until now; -1 if the system can't say
 */
public record Measurement(int repetition, double cpuSeconds, double wallSeconds, long peakRssMiB) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads what {@link #toLine} wrote. */
  public static Measurement parse(String line) throws JsonProcessingException {
    return JSON.readValue(line, Measurement.class);
  }

  /** A line of JSON. */
  public String toLine() throws JsonProcessingException {
    return JSON.writeValueAsString(this);
  }
}
