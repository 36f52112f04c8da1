package dev.millrace.dev;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The local stack of a project: a Kafka broker and the clusters of the engines, each process known
 * by what its folder remembers of it.
 *
 * <p>Everything it writes is in one folder, and data stay there until {@link #wipe}: the topics,
 * and the checkpoints of jobs. It ends no process that it can't prove to have started.
 */
public final class LocalStack {
  /** Of the numbers from which stacks look for internal ports. */
  private static final int SPREAD = 1000;

  private final StackFolder folder;
  private final Path home;

  private LocalStack(StackFolder folder, Path home) {
    this.folder = folder;
    this.home = home;
  }

  /** The stack that a folder holds, or will hold; {@code home} is the folder of the source. */
  public static LocalStack in(Path folder, Path home) {
    return new LocalStack(new StackFolder(folder.toAbsolutePath().normalize()), home);
  }

  /**
   * The stack of a project: in {@code .millrace/dev} below the nearest folder above that has one,
   * or else below the project's.
   */
  public static LocalStack of(Path project, Path home) {
    return new LocalStack(StackFolder.nearest(project), home);
  }

  /** The folder that holds it. */
  public Path folder() {
    return folder.path();
  }

  /**
   * Starts what doesn't run yet, and waits until everything answers. If something can't be started,
   * what this call has started is ended again.
   *
   * @return the names of those that were started
   * @throws IllegalArgumentException if the folder isn't a stack's, or the request contradicts what
   *     runs
   * @throws StackException if a process can't be started, or doesn't answer in time
   */
  public List<String> up(StackRequest request, Duration patience) {
    return folder.change(
        () -> {
          Choices before = Choices.read(folder.choices()).orElseGet(Choices::initial);
          return PortLock.hold(
              () -> {
                Choices choices = choose(before, request);
                choices.write(folder.choices());
                return new StackStart(processes(choices), patience).run();
              });
        });
  }

  private Choices choose(Choices before, StackRequest request) {
    Choices asked =
        before
            .withWorkers(request.workers().orElse(before.workers()))
            .withSlots(request.slots().orElse(before.slots()));
    List<StackProcess> running = processes(before).stream().filter(StackProcess::isThere).toList();
    Set<Port> used = used(running, components(asked.workers()));
    Choices choices =
        asked.withPorts(
            PortChoice.of(
                ports(asked.workers()),
                request.ports(),
                before.ports(),
                Math.floorMod(folder.path().hashCode(), SPREAD),
                used::contains));
    if (!running.isEmpty()) {
      checkUnchanged(before, choices, used, running);
    }
    return choices;
  }

  /**
   * The ports that can't be others now: of what runs, and of its engine, whose processes know each
   * other's; but where one that is away shows its metrics, no other knows.
   */
  private static Set<Port> used(List<StackProcess> running, List<Component> components) {
    Set<String> engines = running.stream().map(StackProcess::engine).collect(toSet());
    Set<String> names = running.stream().map(StackProcess::name).collect(toSet());
    return components.stream()
        .filter(component -> engines.contains(component.engine()))
        .flatMap(
            component ->
                component.ports().stream()
                    .filter(
                        port -> port.use() != Port.Use.SCRAPED || names.contains(component.name())))
        .collect(toSet());
  }

  /** More workers can be added to a stack that runs; nothing else of it can change. */
  private static void checkUnchanged(
      Choices before, Choices after, Set<Port> used, List<StackProcess> running) {
    boolean movesPort =
        used.stream()
            .map(Port::name)
            .filter(name -> before.ports().containsKey(name))
            .anyMatch(name -> !before.ports().get(name).equals(after.ports().get(name)));
    if (after.workers() < before.workers() || after.slots() != before.slots() || movesPort) {
      throw new IllegalArgumentException(
          "Cannot change ports or slots, or take task managers away, while these run: %s (end them first: millrace dev down)"
              .formatted(running.stream().map(StackProcess::name).collect(joining(", "))));
    }
  }

  /**
   * How each of its processes is, in the order in which they are started; none if there is no
   * stack.
   */
  public List<ComponentStatus> status() {
    return existing().stream().map(StackProcess::status).toList();
  }

  /**
   * Ends what runs, the last first. Data stay.
   *
   * @return the names of those that were ended
   * @throws StackException if a process stays
   */
  public List<String> down() {
    return folder.exists() ? folder.change(this::end) : List.of();
  }

  private List<String> end() {
    List<StackProcess> processes = new ArrayList<>(existing());
    Collections.reverse(processes);
    return StackProcess.end(processes);
  }

  /** Ends what runs, as {@link #down} does, and deletes the folder with all data. */
  public List<String> wipe() {
    if (!folder.exists()) {
      return List.of();
    }
    return folder.change(
        () -> {
          List<String> ended = end();
          folder.wipe();
          return ended;
        });
  }

  /** The ports that clients connect to, by name; none if there is no stack. */
  public SortedMap<String, Integer> publicPorts() {
    SortedMap<String, Integer> open = new TreeMap<>();
    Choices.read(folder.choices())
        .ifPresent(
            choices ->
                ports(choices.workers()).stream()
                    .filter(port -> port.use() != Port.Use.INTERNAL)
                    .forEach(port -> open.put(port.name(), choices.ports().get(port.name()))));
    return open;
  }

  private List<StackProcess> existing() {
    return Choices.read(folder.choices()).map(this::processes).orElseGet(List::of);
  }

  private List<StackProcess> processes(Choices choices) {
    return components(choices.workers()).stream()
        .map(component -> new StackProcess(component, folder, choices, home))
        .toList();
  }

  private static List<Port> ports(int workers) {
    return components(workers).stream().flatMap(component -> component.ports().stream()).toList();
  }

  private static List<Component> components(int workers) {
    List<Component> components = new ArrayList<>();
    components.add(new KafkaBroker());
    ServiceLoader.load(EngineCluster.class)
        .forEach(cluster -> components.addAll(cluster.components(workers)));
    return components;
  }
}
