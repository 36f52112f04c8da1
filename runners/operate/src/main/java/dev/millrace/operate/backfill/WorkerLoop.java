package dev.millrace.operate.backfill;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.launch.JobSpec;
import dev.millrace.operate.Check;
import dev.millrace.operate.publish.PublishRun;
import dev.millrace.operate.report.RunReport;
import dev.millrace.operate.run.RecordedRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a worker process does: it runs what it is asked for, line by line. It is halted in the
 * middle of it when there is nobody any more who asks, since another may take over then.
 */
public final class WorkerLoop {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RecordedRun runs;
  private final Function<String, JobSpec> jobs;

  private WorkerLoop(RecordedRun runs, Function<String, JobSpec> jobs) {
    this.runs = runs;
    this.jobs = jobs;
  }

  /**
   * A loop.
   *
   * @param jobs finds a job by what it is called
   */
  public static WorkerLoop of(RecordedRun runs, Function<String, JobSpec> jobs) {
    return new WorkerLoop(runs, jobs);
  }

  /** Runs what comes until nothing does; never returns. */
  public void run(BufferedReader requests, PrintStream answers) throws InterruptedException {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(requests, lines), "millrace-requests");
    reader.setDaemon(true);
    reader.start();
    while (true) {
      answers.println(answer(lines.take()));
      answers.flush();
    }
  }

  private static void read(BufferedReader requests, BlockingQueue<String> lines) {
    try {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      System.err.println("Cannot read requests: " + e.getMessage());
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private String answer(String line) {
    try {
      return JSON.writeValueAsString(answer(JSON.readValue(line, WorkerRequest.class)));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot understand a request: " + e.getMessage(), e);
    }
  }

  private WorkerAnswer answer(WorkerRequest request) {
    try {
      JobSpec spec = jobs.apply(request.job()).withArguments(request.arguments());
      RunReport report = runs.execute(request.job(), spec, request.reason(), PublishRun::of);
      String failures =
          report.checks().stream()
              .filter(check -> !check.passed())
              .map(Check::message)
              .collect(Collectors.joining("; "));
      return new WorkerAnswer(
          report.balanced() ? WorkerAnswer.Outcome.DONE : WorkerAnswer.Outcome.REFUSED,
          failures,
          report.balance().counts());
    } catch (RuntimeException e) {
      return WorkerAnswer.failed(String.valueOf(e.getMessage()));
    }
  }
}
