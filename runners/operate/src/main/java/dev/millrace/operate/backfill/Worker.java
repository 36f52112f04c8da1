package dev.millrace.operate.backfill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that runs slices, one after the other, so that its start is paid for once. It gets
 * requests and gives answers as lines of JSON, and ends when its input does: also when the process
 * that started it is killed. One that is ended, or ends by itself, is started again by the next
 * request.
 */
final class Worker implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIME_TO_END = Duration.ofSeconds(5);

  private final List<String> command;

  /** Null when it isn't running. */
  private Process process;

  Worker(List<String> command) {
    this.command = List.copyOf(command);
  }

  /** Has it run something, and waits for that; it is ended if that takes longer than it may. */
  WorkerAnswer run(WorkerRequest request, Duration timeout) throws InterruptedException {
    Process running;
    try {
      running = started();
    } catch (IOException e) {
      return WorkerAnswer.failed("its process can't be started: " + e.getMessage());
    }
    try {
      BufferedWriter requests = running.outputWriter(StandardCharsets.UTF_8);
      requests.write(JSON.writeValueAsString(request));
      requests.newLine();
      requests.flush();
      return await(running, timeout);
    } catch (IOException e) {
      return gone(running);
    }
  }

  private synchronized Process started() throws IOException {
    if (process == null || !process.isAlive()) {
      process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    }
    return process;
  }

  private WorkerAnswer await(Process running, Duration timeout) throws InterruptedException {
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(() -> readLine(running), Worker::onThread);
    try {
      String answer = line.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return answer == null ? gone(running) : JSON.readValue(answer, WorkerAnswer.class);
    } catch (TimeoutException e) {
      close();
      return WorkerAnswer.failed("it took longer than " + text(timeout));
    } catch (ExecutionException e) {
      return gone(running);
    } catch (JsonProcessingException e) {
      close();
      return WorkerAnswer.failed("its process gave an answer that is none: " + e.getMessage());
    }
  }

  private static void onThread(Runnable read) {
    Thread thread = new Thread(read, "millrace-worker");
    thread.setDaemon(true);
    thread.start();
  }

  /** What is after the line stays in the reader, which is the process's one and only. */
  private static String readLine(Process running) {
    try {
      return running.inputReader(StandardCharsets.UTF_8).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private WorkerAnswer gone(Process running) throws InterruptedException {
    boolean ended = running.waitFor(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS);
    String code = ended ? " with exit code " + running.exitValue() : "";
    close();
    return WorkerAnswer.failed("its process has ended" + code);
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /** Ends it, whatever it does. */
  @Override
  public synchronized void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
      process = null;
    }
  }
}
