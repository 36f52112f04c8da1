package dev.millrace.operate.backfill;

import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.BackfillState;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunKey;
import dev.millrace.ledger.SliceEntry;
import dev.millrace.ledger.SliceState;
import dev.millrace.operate.input.InputWait;
import dev.millrace.operate.input.WaitForInput;
import dev.millrace.operate.input.Waited;
import dev.millrace.operate.publish.ReconcileRun;
import dev.millrace.operate.run.Heartbeat;
import dev.millrace.operate.run.Intervals;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the planned slices of a backfill, as many at a time as it allows, each in a worker process.
 * A slice that fails doesn't stop the others. Between slices it looks whether somebody has paused
 * the backfill, and all the time whether it is cancelled; workers are ended then.
 */
public final class BackfillRun {
  private static final Duration GLANCE = Duration.ofMillis(500);

  private final Ledger ledger;
  private final Clock clock;
  private final BackfillEntry backfill;
  private final Duration timeout;
  private final BackfillProgress progress;

  /** Whether this process is going down, by Ctrl-C or the like. */
  private volatile boolean abandoned;

  private final List<Worker> workers = new CopyOnWriteArrayList<>();
  private final Optional<InputWait> wait;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Queue<SliceEntry> planned = new ConcurrentLinkedQueue<>();

  private BackfillRun(
      Ledger ledger,
      Clock clock,
      BackfillEntry backfill,
      Duration timeout,
      BackfillProgress progress,
      Optional<InputWait> wait) {
    this.ledger = ledger;
    this.clock = clock;
    this.backfill = backfill;
    this.timeout = timeout;
    this.progress = progress;
    this.wait = wait;
  }

  /**
   * A run of a backfill that this process has.
   *
   * @param timeout how long a slice may take
   */
  public static BackfillRun of(
      Ledger ledger,
      Clock clock,
      BackfillEntry backfill,
      Duration timeout,
      BackfillProgress progress) {
    return new BackfillRun(ledger, clock, backfill, timeout, progress, Optional.empty());
  }

  /**
   * One in which each slice waits for its input before it starts. A slice that waits is planned,
   * not running; one that has waited in vain has failed, or is skipped if its output is stale then.
   */
  public BackfillRun withWait(InputWait wait) {
    return new BackfillRun(ledger, clock, backfill, timeout, progress, Optional.of(wait));
  }

  /**
   * Runs what is planned.
   *
   * @param workerCommand starts a worker
   * @return how far the backfill is now: done, failed if a slice has, paused or cancelled
   */
  public BackfillState run(List<String> workerCommand) throws InterruptedException {
    List<SliceEntry> slices = new ArrayList<>(ledger.backfills().slices(backfill.id()));
    slices.removeIf(slice -> slice.state() != SliceState.PLANNED);
    if (backfill.backwards()) {
      Collections.reverse(slices);
    }
    planned.addAll(slices);
    Heartbeat heartbeat = Heartbeat.start(() -> ledger.backfills().heartbeat(backfill.id()));
    Thread atExit = new Thread(this::abandon, "millrace-end-workers");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      work(Math.min(backfill.maxActiveRuns(), slices.size()), workerCommand);
    } finally {
      heartbeat.close();
      endWorkers();
      removeHook(atExit);
    }
    BackfillState state = concluded();
    ledger.backfills().letGo(backfill.id());
    return state;
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the JVM is going down, and the hook is at it
    }
  }

  private void work(int count, List<String> workerCommand) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < count; i++) {
      Worker worker = new Worker(workerCommand);
      workers.add(worker);
      Thread thread = new Thread(() -> runSlices(worker), "millrace-backfill-" + i);
      thread.setUncaughtExceptionHandler((where, failure) -> failures.add(failure));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        thread.join(GLANCE.toMillis());
        if (!failures.isEmpty() || isCancelled()) {
          over.countDown();
          endWorkers();
        }
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0) instanceof RuntimeException e
          ? e
          : new IllegalStateException(failures.get(0));
    }
  }

  private boolean isCancelled() {
    return ledger.backfills().state(backfill.id()) == BackfillState.CANCELLED;
  }

  /** This process ends: what was running is for whoever resumes to find out. */
  private void abandon() {
    abandoned = true;
    endWorkers();
  }

  private void endWorkers() {
    workers.forEach(Worker::close);
  }

  private void runSlices(Worker worker) {
    try {
      for (SliceEntry slice = next(); slice != null; slice = next()) {
        tell(slice, false);
        if (arrives(slice)) {
          runSlice(slice, worker);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SliceEntry next() {
    return !abandoned && isRunning() ? planned.poll() : null;
  }

  private boolean isRunning() {
    return ledger.backfills().state(backfill.id()) == BackfillState.RUNNING;
  }

  /** Whether the input of a slice has come, and the slice is still to be run. */
  private boolean arrives(SliceEntry slice) throws InterruptedException {
    if (wait.isEmpty()) {
      return true;
    }
    Waited waited =
        WaitForInput.of(wait.get(), clock, this::pause)
            .execute(Path.of(backfill.output()), Optional.of(slice.interval()));
    switch (waited.outcome()) {
      case MISSING -> end(slice, SliceState.FAILED, waited.message());
      case STALE -> end(slice, SliceState.SKIPPED, "stale: " + waited.message());
      case ARRIVED, GIVEN_UP -> {}
    }
    return waited.outcome() == Waited.Outcome.ARRIVED && isRunning();
  }

  /** Whoever cancels or pauses doesn't have to wait for the input. */
  private boolean pause(Duration duration) throws InterruptedException {
    return !over.await(duration.toMillis(), TimeUnit.MILLISECONDS) && isRunning();
  }

  private void end(SliceEntry slice, SliceState state, String note) {
    write(slice.ended(state, note, clock.instant(), Optional.empty()));
  }

  private void write(SliceEntry ended) {
    ledger.backfills().slice(backfill.id(), ended);
    tell(ended, true);
  }

  private void runSlice(SliceEntry slice, Worker worker) throws InterruptedException {
    String runId = runId(slice.interval(), slice.attempt() + 1);
    SliceEntry running = slice.running(runId, clock.instant());
    ledger.backfills().slice(backfill.id(), running);
    WorkerAnswer answer = worker.run(request(slice, runId), timeout);
    if (!abandoned) {
      write(ended(running, answer));
    }
  }

  private synchronized void tell(SliceEntry slice, boolean hasEnded) {
    if (hasEnded) {
      progress.ended(slice);
    } else {
      progress.started(slice);
    }
  }

  /** Unique: a slice that is tried again is another run. */
  private String runId(Interval slice, int attempt) {
    String from = Intervals.text(slice.from()).replaceFirst(":00:00Z$", "").replace(":", "");
    return "%s-%s-%s".formatted(backfill.id(), from, attempt);
  }

  private WorkerRequest request(SliceEntry slice, String runId) {
    List<String> arguments = new ArrayList<>(backfill.arguments());
    arguments.add("--from=" + Intervals.text(slice.interval().from()));
    arguments.add("--to=" + Intervals.text(slice.interval().to()));
    arguments.add("--runId=" + runId);
    String reason = "backfill %s: %s".formatted(backfill.id(), slice.note());
    return new WorkerRequest(backfill.job(), arguments, reason);
  }

  private SliceEntry ended(SliceEntry running, WorkerAnswer answer) {
    boolean done = answer.outcome() == WorkerAnswer.Outcome.DONE || isPublishedAfterAll(running);
    SliceState failed = isCancelled() ? SliceState.CANCELLED : SliceState.FAILED;
    return running.ended(
        done ? SliceState.PUBLISHED : failed,
        done ? running.note() : answer.message(),
        clock.instant(),
        Optional.ofNullable(answer.counts()).or(() -> run(running).flatMap(RunEntry::counts)));
  }

  /** A worker that was ended may have been past the point of no return. */
  private boolean isPublishedAfterAll(SliceEntry slice) {
    return run(slice)
        .filter(run -> run.endedAt().isEmpty())
        .filter(ReconcileRun.in(ledger, clock)::execute)
        .isPresent();
  }

  private Optional<RunEntry> run(SliceEntry slice) {
    return slice.runId().flatMap(name -> ledger.runs().find(new RunKey(backfill.output(), name)));
  }

  private BackfillState concluded() {
    BackfillState state = ledger.backfills().state(backfill.id());
    if (state != BackfillState.RUNNING) {
      return state;
    }
    boolean failed =
        ledger.backfills().slices(backfill.id()).stream()
            .anyMatch(slice -> slice.state() == SliceState.FAILED);
    return ledger
        .backfills()
        .state(backfill.id(), failed ? BackfillState.FAILED : BackfillState.DONE);
  }
}
