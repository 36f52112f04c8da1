package dev.millrace.flink;

import dev.millrace.dev.Component;
import dev.millrace.dev.EngineCluster;
import java.util.ArrayList;
import java.util.List;

/** A Flink session cluster for the local stack: one JobManager, and TaskManagers. */
public final class FlinkCluster implements EngineCluster {
  @Override
  public List<Component> components(int workers) {
    List<Component> components = new ArrayList<>();
    components.add(new JobManager());
    for (int number = 1; number <= workers; number++) {
      components.add(new TaskManager(number));
    }
    return components;
  }
}
