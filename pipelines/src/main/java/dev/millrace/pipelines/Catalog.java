package dev.millrace.pipelines;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** All pipelines on the class path, by name. */
public final class Catalog {
  private Catalog() {}

  /** The pipelines, in order of name. */
  public static List<PipelineDefinition<?>> all() {
    return ServiceLoader.load(PipelineDefinition.class).stream()
        .<PipelineDefinition<?>>map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(PipelineDefinition::name))
        .toList();
  }

  /**
   * The pipeline of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static PipelineDefinition<?> named(String name) {
    return all().stream()
        .filter(pipeline -> pipeline.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find pipeline %s: there are %s"
                        .formatted(name, all().stream().map(PipelineDefinition::name).toList())));
  }
}
