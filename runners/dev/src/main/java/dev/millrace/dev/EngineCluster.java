package dev.millrace.dev;

import java.util.List;

/**
 * The cluster of an engine, as a part of the local stack. Found by {@link java.util.ServiceLoader}.
 */
public interface EngineCluster {
  /**
   * Its processes, in the order in which they are started.
   *
   * @param workers how many processes do the work
   */
  List<Component> components(int workers);
}
