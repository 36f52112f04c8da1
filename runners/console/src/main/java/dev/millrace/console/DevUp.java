package dev.millrace.console;

import dev.millrace.dev.LocalStack;
import dev.millrace.dev.StackRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace dev up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Start what of the stack doesn't run, and wait until it answers.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer =
        "What isn't given is as it was the last time. All of it listens on 127.0.0.1 alone. Topics"
            + " and checkpoints stay in the stack's folder until 'millrace dev down --wipe'.")
final class DevUp implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StackFlags flags;

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      description = "How many TaskManagers Flink has. At first: 1.")
  private Integer taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "How many slots each TaskManager has. At first: 2.")
  private Integer slots;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "Kafka's port. At first: 9092, or the next that is free.")
  private Integer kafkaPort;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      description = "The port of Flink's REST and web page. At first: 8081, or the next free one.")
  private Integer flinkPort;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "90",
      description = "How long to wait until all of it answers. Default: ${DEFAULT-VALUE}.")
  private int timeout;

  @Override
  public Integer call() {
    LocalStack stack = flags.stack();
    List<String> started = stack.up(request(), Duration.ofSeconds(timeout));
    StackLines lines = new StackLines(stack);
    List<String> text = flags.json ? lines.upJson(started) : lines.up(started);
    text.forEach(spec.commandLine().getOut()::println);
    return ExitCodes.DONE;
  }

  private StackRequest request() {
    Map<String, Integer> ports = new HashMap<>();
    if (kafkaPort != null) {
      ports.put("kafka", kafkaPort);
    }
    if (flinkPort != null) {
      ports.put("flink", flinkPort);
    }
    return new StackRequest(optional(taskManagers), optional(slots), ports);
  }

  private static OptionalInt optional(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
