package dev.millrace.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.io.kafka.KafkaConnection;
import dev.millrace.io.kafka.PeekTopic;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace dev peek}. */
@Command(
    name = "peek",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Show the first messages of a topic on the stack's broker.",
    optionListHeading = "%nOptions:%n")
final class DevPeek implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StackFlags flags;

  @Parameters(paramLabel = "NAME", description = "The topic.")
  private String name;

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many messages to show. Default: ${DEFAULT-VALUE}.")
  private int most;

  @Override
  public Integer call() {
    List<PeekTopic.Message> messages =
        PeekTopic.on(KafkaConnection.to(flags.broker())).first(name, most);
    List<String> lines =
        flags.json
            ? List.of(json(messages).toPrettyString())
            : messages.stream().map(DevPeek::line).toList();
    lines.forEach(spec.commandLine().getOut()::println);
    return ExitCodes.DONE;
  }

  /** Control characters are shown as what they are not, so that they do nothing to a terminal. */
  private static String line(PeekTopic.Message message) {
    StringBuilder line = new StringBuilder();
    line.append("%s/%s".formatted(message.partition(), message.offset()));
    message.key().ifPresent(key -> line.append(" key=").append(key));
    message
        .headers()
        .forEach((name, value) -> line.append(' ').append(name).append('=').append(value));
    line.append(' ').append(message.value().orElse("(no value)"));
    return line.toString().replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  private static ArrayNode json(List<PeekTopic.Message> messages) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (PeekTopic.Message message : messages) {
      ObjectNode node =
          list.addObject().put("partition", message.partition()).put("offset", message.offset());
      message.key().ifPresent(key -> node.put("key", key));
      ObjectNode headers = node.putObject("headers");
      message.headers().forEach(headers::put);
      message.value().ifPresent(value -> node.put("value", value));
    }
    return list;
  }
}
