package dev.millrace.pipelines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;

/**
 * What a running job is known by when it goes on elsewhere: the names of its transforms, the state
 * and timers that they declare, and the coders of what they output. A savepoint fits a pipeline of
 * the same shape, or one that has more.
 *
 * @param steps the primitive transforms by their full names, in the order of the graph
 */
public record PipelineShape(Map<String, Step> steps) {
  private static final String STATE = "  state ";
  private static final String TIMER = "  timer ";

  /**
   * A transform that a runner executes.
   *
   * @param stateless whether no runner keeps anything for it: it is neither a function nor a
   *     grouping nor a source that goes on
   * @param states the ids of its state
   * @param timers the ids of its timers
   * @param outputs the coders of its outputs, by their names
   */
  public record Step(
      boolean stateless,
      SortedSet<String> states,
      SortedSet<String> timers,
      Map<String, Coding> outputs) {
    Step(boolean stateless) {
      this(stateless, new TreeSet<>(), new TreeSet<>(), new LinkedHashMap<>());
    }
  }

  /**
   * How elements are coded.
   *
   * @param type what they are
   * @param fingerprint of the coder with all that it is made of, such as a schema
   */
  public record Coding(String type, String fingerprint) {}

  /** The shape of a pipeline that was built. */
  public static PipelineShape of(Pipeline pipeline) {
    ShapeListing listing = new ShapeListing();
    pipeline.traverseTopologically(listing);
    return new PipelineShape(listing.steps());
  }

  /** A line for each transform, state, timer and output, for people who review a change. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    steps.forEach(
        (name, step) -> {
          lines.add(name);
          step.states().forEach(id -> lines.add(STATE + id));
          step.timers().forEach(id -> lines.add(TIMER + id));
          step.outputs()
              .forEach((output, coding) -> lines.add("  %s: %s".formatted(output, coding.type())));
        });
    return lines;
  }

  /**
   * What a savepoint of that shape holds and this one has no place for, a line each; nothing if it
   * fits.
   */
  public List<String> lacks(PipelineShape saved) {
    return new ShapeDifference(saved, this).lost();
  }

  /** What this shape codes otherwise than that one, a line each. */
  public List<String> recodes(PipelineShape saved) {
    return new ShapeDifference(saved, this).recoded();
  }
}
