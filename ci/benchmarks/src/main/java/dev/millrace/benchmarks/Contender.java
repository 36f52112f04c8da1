package dev.millrace.benchmarks;

import java.util.List;

/**
 * A job to be measured.
 *
 * @param key its name on the command line
 * @param title its name in the table
 * @param kind whether it does the whole job
 * @param module the folder of the module that has its class path, in that of the benchmarks; {@link
 *     ClassPaths#HERE} for that of the benchmarks itself
 * @param main the class to start
 * @param arguments its arguments after input, output and repetitions
 * @param divisor it gets one of so many rows: what is slow is measured on fewer
 */
public record Contender(
    String key,
    String title,
    Kind kind,
    String module,
    String main,
    List<String> arguments,
    int divisor) {

  /** What a contender does. */
  public enum Kind {
    /** The whole job, whose output is checked. */
    JOB,
    /**
     * A part of the job without an engine: what no job can be cheaper than. It is measured warm.
     */
    LIMIT
  }

  /** One that does the whole job on the class path of the benchmarks. */
  public static Contender job(String key, String title, Class<?> main, String... arguments) {
    return new Contender(
        key, title, Kind.JOB, ClassPaths.HERE, main.getName(), List.of(arguments), 1);
  }

  /** One that does the whole job on the class path of a module of its own. */
  static Contender job(String key, String title, String module, String main) {
    return new Contender(key, title, Kind.JOB, module, main, List.of(), 1);
  }

  /** A part of the job. */
  static Contender limit(String key, String title, Class<?> main, String... arguments) {
    return new Contender(
        key, title, Kind.LIMIT, ClassPaths.HERE, main.getName(), List.of(arguments), 1);
  }

  /** The same over one of so many rows. */
  Contender withDivisor(int newDivisor) {
    return new Contender(key, title, kind, module, main, arguments, newDivisor);
  }

  boolean isLimit() {
    return kind == Kind.LIMIT;
  }
}
