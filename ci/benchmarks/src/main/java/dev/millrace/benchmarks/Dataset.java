package dev.millrace.benchmarks;

import dev.millrace.benchmarks.check.OutputCheck;
import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Skew;
import dev.millrace.benchmarks.events.Truth;
import dev.millrace.benchmarks.flights.FlightCheck;
import dev.millrace.benchmarks.flights.FlightFiles;
import dev.millrace.benchmarks.flights.FlightSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Where the rows come from; its first rows are a smaller one of the same kind. */
interface Dataset {

  /**
   * The files of so many rows, which are made unless they are there; fewer if there are no more.
   */
  Input input(long rows) throws IOException, SQLException;

  /** The generated events, in folders below the given one. */
  static Dataset events(Path folder, Skew skew) {
    return rows -> {
      EventFiles files = EventFiles.of(folder, rows, skew);
      Truth truth = files.prepare();
      return new Input(
          files.folder(), truth.rows(), output -> OutputCheck.differences(truth, output));
    };
  }

  /** The flights of a source, in folders below the given one. */
  static Dataset flights(FlightSource source, Path folder) {
    return rows -> {
      FlightFiles files = FlightFiles.of(source, folder, rows);
      long there = files.prepare();
      return new Input(
          files.folder(), there, output -> FlightCheck.differences(source, there, output));
    };
  }
}
