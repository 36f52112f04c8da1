package dev.millrace.benchmarks.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * The main of a contender: runs its job once or more often in this process, each time into a folder
 * of its own, and prints a {@link Measurement} after each. The arguments are the input folder, the
 * output folder and the number of repetitions.
 */
public final class Repetitions {

  /** A job from an input folder to an output folder. */
  public interface Job {
    void run(Path input, Path output) throws Exception;
  }

  private Repetitions() {}

  /** Runs the job as the arguments say. */
  @SuppressWarnings("SystemOut") // the measurements are this program's output
  public static void measure(Job job, String... args) throws Exception {
    Path input = Path.of(args[0]);
    Path output = Path.of(args[1]);
    int repetitions = Integer.parseInt(args[2]);
    long wallStart = System.nanoTime() - ManagementFactory.getRuntimeMXBean().getUptime() * 1000000;
    long cpuStart = 0;
    for (int i = 0; i < repetitions; i++) {
      job.run(input, folder(output, i));
      long cpu = cpuNanos();
      long wall = System.nanoTime();
      System.out.println(
          new Measurement(
                  i, (cpu - cpuStart) / 1e9, (wall - wallStart) / 1e9, PeakMemory.ofThisProcess())
              .toLine());
      System.gc(); // so that a repetition does not pay for the garbage of the one before it
      cpuStart = cpuNanos();
      wallStart = System.nanoTime();
    }
  }

  /** Where a repetition puts its output. */
  public static Path folder(Path output, int repetition) {
    return output.resolve("repetition-" + repetition);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
