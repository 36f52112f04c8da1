package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import dev.millrace.dev.Command;
import dev.millrace.dev.Component;
import dev.millrace.dev.EngineCluster;
import dev.millrace.dev.Port;
import dev.millrace.dev.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the processes are told; that they then work is tested in ci/stack. */
class FlinkClusterTest {
  private final List<Component> components = new FlinkCluster().components(2);
  private final Component jobManager = components.get(0);
  private final Component taskManager = components.get(1);

  @TempDir Path stack;

  @Test
  void isFoundOnTheClassPath() {
    assertThat(ServiceLoader.load(EngineCluster.class), hasItem(instanceOf(FlinkCluster.class)));
  }

  @Test
  void hasAJobManagerAndSoManyTaskManagers() {
    assertThat(
        components.stream().map(Component::name).toList(),
        contains("jobmanager", "taskmanager-1", "taskmanager-2"));
  }

  @Test
  void sharesNoPort() {
    List<String> names =
        components.stream().flatMap(each -> each.ports().stream()).map(Port::name).toList();
    assertThat(names.stream().distinct().toList(), is(names));
  }

  @Test
  void startsTheJobManagerWithItsConfiguration() throws IOException {
    Site site = site(jobManager);
    Command command = jobManager.command(site);
    assertThat(
        command.mainClass(),
        is("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"));
    assertThat(command.arguments(), contains("--configDir", site.folder().toString()));
    assertThat(
        configuration(site),
        hasItems(
            "rest.bind-address: \"127.0.0.1\"",
            "rest.port: \"1000\"",
            "jobmanager.rpc.port: \"1001\"",
            "blob.server.port: \"1002\"",
            "millrace.config: \"%s/config.yaml\"".formatted(stack),
            "millrace.start: \"jobmanager-5\"",
            "state.savepoints.dir: \"file://%s/savepoints\"".formatted(stack)));
  }

  @Test
  void startsATaskManagerUnderTheNameOfItsStart() throws IOException {
    Site site = site(taskManager);
    Command command = taskManager.command(site);
    assertThat(command.mainClass(), is("org.apache.flink.runtime.taskexecutor.TaskManagerRunner"));
    assertThat(command.options(), hasItem("--add-opens=java.base/java.util=ALL-UNNAMED"));
    assertThat(
        configuration(site),
        hasItems(
            "taskmanager.bind-host: \"127.0.0.1\"",
            "taskmanager.resource-id: \"taskmanager-1-5\"",
            "taskmanager.numberOfTaskSlots: \"3\"",
            "jobmanager.rpc.port: \"1001\"",
            "taskmanager.data.port: \"1005\""));
  }

  @Test
  void hasEachShowItsMetricsToPrometheusOnTheLoopbackAddress() throws IOException {
    for (Component component : List.of(jobManager, taskManager)) {
      Site site = site(component);
      component.command(site);
      assertThat(
          configuration(site),
          hasItems(
              "metrics.reporter.millrace.factory.class: \"dev.millrace.flink.metrics.ScrapeReporterFactory\"",
              "metrics.reporter.millrace.bind-host: \"127.0.0.1\"",
              "metrics.reporter.millrace.port: \"%d\""
                  .formatted(site.port("metrics-" + component.name()))));
    }
  }

  @Test
  void doesNotAnswerWhereNothingIs() {
    assertThat(jobManager.answers(site(jobManager)), is(false));
    assertThat(taskManager.answers(site(taskManager)), is(false));
  }

  private static List<String> configuration(Site site) throws IOException {
    return Files.readAllLines(site.folder().resolve("config.yaml"));
  }

  /** Its ports are numbered from 1000, in their order. */
  private Site site(Component component) {
    Map<String, Integer> ports = new HashMap<>();
    for (Component each : components) {
      each.ports().forEach(port -> ports.put(port.name(), 1000 + ports.size()));
    }
    String start = component.name() + "-5";
    return new Site(stack, stack, stack, stack.resolve("log"), "id", start, 3, ports);
  }
}
