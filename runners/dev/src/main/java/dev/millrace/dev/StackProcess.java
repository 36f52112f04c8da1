package dev.millrace.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A component of one stack, and its process. */
final class StackProcess {
  /** A broker writes out what it holds before it ends. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final Duration AFTER_KILL = Duration.ofSeconds(10);
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final Component component;
  private final Choices choices;
  private final Path stack;
  private final Path folder;
  private final Path home;
  private final ProcessTrace trace;

  StackProcess(Component component, StackFolder stack, Choices choices, Path home) {
    this.component = component;
    this.choices = choices;
    this.stack = stack.path();
    this.folder = stack.of(component);
    this.home = home;
    this.trace = new ProcessTrace(folder);
  }

  String name() {
    return component.name();
  }

  Path log() {
    return folder.resolve("log");
  }

  boolean isThere() {
    return trace.process().isPresent();
  }

  boolean answers() {
    return trace.start().map(this::site).filter(component::answers).isPresent();
  }

  ComponentStatus status() {
    Optional<ProcessHandle> process = trace.process();
    ComponentStatus.State state = ComponentStatus.State.DOWN;
    if (process.isPresent()) {
      state = answers() ? ComponentStatus.State.UP : ComponentStatus.State.SILENT;
    } else if (trace.start().isPresent()) {
      state = ComponentStatus.State.DEAD;
    }
    return new ComponentStatus(
        name(), state, process.map(ProcessHandle::pid).orElse(0L), ports(), log());
  }

  String engine() {
    return component.engine();
  }

  private SortedMap<String, Integer> ports() {
    SortedMap<String, Integer> ports = new TreeMap<>();
    component.ports().forEach(port -> ports.put(port.name(), choices.ports().get(port.name())));
    return ports;
  }

  /** Starts it; whether it works is seen later. */
  void start() throws InterruptedException {
    checkPorts();
    try {
      Files.createDirectories(folder);
      Site site = site(trace.begin());
      StackFolder.delete(site.scratch()); // a process that was killed has left its files there
      Files.createDirectories(site.scratch());
      JavaProcess java = new JavaProcess(home, component, site);
      Command command = component.command(site);
      for (Command preparation : component.preparations(site)) {
        java.prepare(preparation);
      }
      trace.began(java.start(command).pid());
    } catch (IOException e) {
      throw new StackException("Cannot start %s: %s".formatted(name(), e.getMessage()), e);
    }
  }

  private void checkPorts() {
    for (Port port : component.ports()) {
      int number = choices.ports().get(port.name());
      if (!PortChoice.isFree(number)) {
        throw new StackException(
            "Cannot start %s: port %d is in use by another process".formatted(name(), number)
                + (port.use() == Port.Use.PUBLIC
                    ? " (choose another: --%s-port=PORT)".formatted(port.name())
                    : ""));
      }
    }
  }

  private Site site(String start) {
    return new Site(
        stack,
        folder,
        folder.resolve("tmp"),
        log(),
        choices.stackId(),
        start,
        choices.slots(),
        choices.ports());
  }

  /** Ends processes, all at once, and returns the names of those that were there. */
  static List<String> end(List<StackProcess> processes) {
    List<StackProcess> there = processes.stream().filter(StackProcess::isThere).toList();
    List<ProcessHandle> handles = handles(there);
    handles.forEach(ProcessHandle::destroy);
    List<StackProcess> staying = stayingAfter(GRACE, there);
    handles(staying).forEach(ProcessHandle::destroyForcibly);
    for (StackProcess process : stayingAfter(AFTER_KILL, staying)) {
      throw new StackException("Cannot end %s: its process stays".formatted(process.name()));
    }
    settle(handles);
    processes.forEach(StackProcess::forget);
    return there.stream().map(StackProcess::name).toList();
  }

  private static List<ProcessHandle> handles(List<StackProcess> processes) {
    return processes.stream().flatMap(process -> process.trace.process().stream()).toList();
  }

  /**
   * A process that is as good as gone holds its ports for another moment. But one that its parent
   * doesn't care about stays in the system's list for ever, so this doesn't wait for long.
   */
  private static void settle(List<ProcessHandle> handles) {
    Deadline deadline = Deadline.in(SETTLING);
    boolean alive = true;
    while (alive && deadline.waits()) {
      alive = handles.stream().anyMatch(ProcessHandle::isAlive);
    }
  }

  private static List<StackProcess> stayingAfter(Duration patience, List<StackProcess> processes) {
    List<StackProcess> staying = new ArrayList<>(processes);
    Deadline deadline = Deadline.in(patience);
    while (!staying.isEmpty() && deadline.waits()) {
      staying.removeIf(process -> !process.isThere());
    }
    return staying;
  }

  private void forget() {
    try {
      trace.forget();
    } catch (IOException e) {
      throw new StackException("Cannot forget %s: %s".formatted(name(), e.getMessage()), e);
    }
  }
}
