package dev.millrace.console;

import dev.millrace.dev.LocalStack;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace dev down}. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "End the processes of the stack that 'up' has started, and no others.",
    optionListHeading = "%nOptions:%n")
final class DevDown implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StackFlags flags;

  @Option(
      names = "--wipe",
      description = "Also delete the stack's folder, with all topics, checkpoints and savepoints.")
  private boolean wipe;

  @Override
  public Integer call() {
    LocalStack stack = flags.stack();
    List<String> ended = wipe ? stack.wipe() : stack.down();
    StackLines lines = new StackLines(stack);
    List<String> text = wipe ? lines.wiped(ended) : lines.down(ended);
    if (flags.json) {
      text = lines.downJson(ended);
    }
    text.forEach(spec.commandLine().getOut()::println);
    return ExitCodes.DONE;
  }
}
