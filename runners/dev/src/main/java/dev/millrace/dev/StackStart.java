package dev.millrace.dev;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One attempt to bring a stack up: all of what it starts answers in the end, or none of it stays.
 */
final class StackStart {
  private final List<StackProcess> processes;
  private final Duration patience;
  private final List<StackProcess> started = new ArrayList<>();

  StackStart(List<StackProcess> processes, Duration patience) {
    this.processes = processes;
    this.patience = patience;
  }

  /** Returns the names of those that were started. */
  List<String> run() {
    try {
      for (StackProcess process : processes) {
        if (!process.isThere()) {
          started.add(process);
          process.start();
        }
      }
      awaitAnswers();
      return started.stream().map(StackProcess::name).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw undone(new StackException("Cannot start the stack: it was interrupted", e));
    } catch (RuntimeException e) {
      throw undone(e);
    }
  }

  private RuntimeException undone(RuntimeException failure) {
    try {
      StackProcess.end(started);
    } catch (StackException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private void awaitAnswers() {
    List<StackProcess> silent = new ArrayList<>(processes);
    Deadline deadline = Deadline.in(patience);
    do {
      for (StackProcess process : List.copyOf(silent)) {
        if (!process.isThere()) {
          throw new StackException(
              "Cannot start %s: it has ended (log: %s)".formatted(process.name(), process.log()));
        }
        if (process.answers()) {
          silent.remove(process);
        }
      }
    } while (!silent.isEmpty() && deadline.waits());
    if (!silent.isEmpty()) {
      StackProcess first = silent.get(0);
      throw new StackException(
          "Cannot start %s: it did not answer within %d s (log: %s)"
              .formatted(first.name(), patience.toSeconds(), first.log()));
    }
  }
}
