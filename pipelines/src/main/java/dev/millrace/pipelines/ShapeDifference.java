package dev.millrace.pipelines;

import dev.millrace.pipelines.PipelineShape.Coding;
import dev.millrace.pipelines.PipelineShape.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares the shape that a savepoint was made with to the one that is to go on from it. */
record ShapeDifference(PipelineShape saved, PipelineShape now) {

  /** What is gone: whole transforms by the name that the pipeline gave them. */
  List<String> lost() {
    Set<String> lost = new LinkedHashSet<>();
    saved
        .steps()
        .forEach(
            (name, step) -> {
              Step same = now.steps().get(name);
              if (same != null) {
                lost.addAll(lost(name, "state", step.states(), same.states()));
                lost.addAll(lost(name, "timer", step.timers(), same.timers()));
              } else if (!step.stateless()) {
                lost.add("transform %s is gone".formatted(shortest(name)));
              }
            });
    return List.copyOf(lost);
  }

  private static List<String> lost(
      String name, String kind, Set<String> before, Set<String> after) {
    Set<String> gone = new TreeSet<>(before);
    gone.removeAll(after);
    return gone.stream()
        .map(id -> "transform %s has no %s '%s' any more".formatted(name, kind, id))
        .toList();
  }

  /** The outermost transform around one that is gone of which nothing else is left either. */
  private String shortest(String name) {
    for (int end = name.indexOf('/'); end > 0; end = name.indexOf('/', end + 1)) {
      String outer = name.substring(0, end);
      if (now.steps().keySet().stream().noneMatch(other -> other.startsWith(outer + "/"))) {
        return outer;
      }
    }
    return name;
  }

  /** What has other coders than before. */
  List<String> recoded() {
    List<String> recoded = new ArrayList<>();
    saved
        .steps()
        .forEach(
            (name, step) -> {
              Step same = now.steps().getOrDefault(name, new Step(true));
              for (Map.Entry<String, Coding> output : same.outputs().entrySet()) {
                Coding before = step.outputs().get(output.getKey());
                if (before != null && !before.equals(output.getValue())) {
                  recoded.add(line(name, before, output.getValue()));
                }
              }
            });
    return recoded;
  }

  private static String line(String name, Coding before, Coding after) {
    return before.type().equals(after.type())
        ? "the coder of transform %s has changed (%s)".formatted(name, before.type())
        : "transform %s outputs %s instead of %s".formatted(name, after.type(), before.type());
  }
}
