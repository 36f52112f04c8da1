package dev.millrace.direct;

import dev.millrace.launch.Engine;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Mode;
import java.util.List;
import java.util.Map;

/**
 * The DirectRunner as it should run real data.
 *
 * <p>Its checks of every element (that no transform changes it, that its coder works) are for
 * tests, which keep them; here they cost half of the time and are off.
 */
public final class DirectEngine implements Engine {
  private static final int LEAST_PARALLELISM = 2;

  @Override
  public String runner() {
    return "DirectRunner";
  }

  @Override
  public Map<String, String> profile(Mode mode, JobSpec job) {
    int processors = Runtime.getRuntime().availableProcessors();
    return Map.of(
        "enforceImmutability", "false",
        "enforceEncodability", "false",
        "targetParallelism", String.valueOf(Math.max(LEAST_PARALLELISM, processors)),
        "blockOnRun", "true");
  }

  @Override
  public List<Map<String, String>> variations() {
    return List.of(Map.of("targetParallelism", "3"));
  }

  /**
   * A record behind the watermark doesn't hold it back here, before a keyed step: while it is on
   * its way, the watermark may pass it by more than is allowed. So the watermark stays behind all.
   */
  @Override
  public Map<String, String> punctual() {
    return Map.of("maxOutOfOrderness", "36500d");
  }
}
