package dev.millrace.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.launch.Cluster;
import dev.millrace.launch.ClusterJob;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace jobs list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "List the jobs of a cluster, the latest first, with their last checkpoints.",
    optionListHeading = "%nOptions:%n")
final class JobsList implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ClusterFlags flags;

  @Override
  public Integer call() {
    Cluster cluster = flags.cluster();
    List<ClusterJob> jobs = cluster.jobs();
    PrintWriter out = spec.commandLine().getOut();
    if (flags.json()) {
      out.println(json(jobs));
    } else if (jobs.isEmpty()) {
      out.printf("No jobs at %s%n", cluster.address());
    } else {
      jobs.forEach(job -> print(job, out));
    }
    out.flush();
    return ExitCodes.DONE;
  }

  private static void print(ClusterJob job, PrintWriter out) {
    out.printf("%s  %-10s  %s  %s%n", job.id(), job.state(), job.startedAt(), job.name());
    if (!job.failure().isEmpty()) {
      out.printf("  last failure: %s%n", job.failure());
    }
    if (!job.checkpoint().isEmpty()) {
      out.printf("  last checkpoint: %s%n", job.checkpoint());
    }
  }

  private static String json(List<ClusterJob> jobs) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode list = root.putArray("jobs");
    for (ClusterJob job : jobs) {
      list.addObject()
          .put("id", job.id())
          .put("name", job.name())
          .put("state", job.state())
          .put("startedAt", job.startedAt().toString())
          .put("checkpoint", job.checkpoint())
          .put("failure", job.failure());
    }
    return root.toPrettyString();
  }
}
