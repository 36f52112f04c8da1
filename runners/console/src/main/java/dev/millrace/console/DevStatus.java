package dev.millrace.console;

import dev.millrace.dev.ComponentStatus;
import dev.millrace.dev.ComponentStatus.State;
import dev.millrace.dev.LocalStack;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace dev status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Say how each process of the stack is.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "up: answers; silent: is there but doesn't answer; dead: is gone, and nobody ended it; down",
      "",
      "Exit codes: 0 all of it is up, 2 wrong usage, 3 something isn't up"
    })
final class DevStatus implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StackFlags flags;

  @Override
  public Integer call() {
    LocalStack stack = flags.stack();
    List<ComponentStatus> components = stack.status();
    StackLines lines = new StackLines(stack);
    List<String> text = flags.json ? lines.statusJson(components) : lines.status(components);
    text.forEach(spec.commandLine().getOut()::println);
    boolean up = components.stream().allMatch(component -> component.state() == State.UP);
    return up && !components.isEmpty() ? ExitCodes.DONE : ExitCodes.INFRASTRUCTURE;
  }
}
