package dev.millrace.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.io.kafka.CreateTopic;
import dev.millrace.io.kafka.KafkaConnection;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace dev topic}. */
@Command(
    name = "topic",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Create topics on the stack's broker; those that are there stay as they are.",
    optionListHeading = "%nOptions:%n")
final class DevTopic implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StackFlags flags;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The topics.")
  private List<String> names;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many partitions each has. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Override
  public Integer call() {
    CreateTopic create = CreateTopic.on(KafkaConnection.to(flags.broker()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode created = answer.putArray("created");
    ArrayNode there = answer.putArray("there");
    PrintWriter out = spec.commandLine().getOut();
    for (String name : names) {
      boolean isNew = create.named(name, partitions);
      (isNew ? created : there).add(name);
      if (!flags.json) {
        out.println((isNew ? "Created " : "There already: ") + name);
      }
    }
    if (flags.json) {
      out.println(answer.toPrettyString());
    }
    return ExitCodes.DONE;
  }
}
