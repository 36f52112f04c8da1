package dev.millrace.console;

import dev.millrace.launch.Launcher;
import dev.millrace.ledger.Ledger;
import dev.millrace.operate.backfill.WorkerLoop;
import dev.millrace.operate.run.Owner;
import dev.millrace.operate.run.RecordedRun;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace worker}: what a backfill starts to run its slices in. */
@Command(
    name = "worker",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Run what is asked for on standard input. Started by millrace backfill.")
final class WorkerVerb implements Callable<Integer> {
  private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

  @Mixin private LedgerFlags flags;

  /** Answers have the standard output for themselves, whatever libraries print. */
  @Override
  public Integer call() throws InterruptedException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Ledger ledger = flags.open()) {
      RecordedRun runs =
          RecordedRun.with(
              Launcher.create(Clock.systemUTC()),
              ledger,
              Clock.systemUTC(),
              Owner.self().toString());
      WorkerLoop.of(runs, Job::named).run(requests, answers);
    }
    return ExitCodes.DONE;
  }

  /**
   * Starts one with the Java, its options and the class path of this process; but a worker lives
   * long enough for the optimizing compiler to pay.
   */
  static List<String> command(LedgerFlags flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.equals(FIRST_COMPILER_ALONE))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Millrace.class.getName());
    command.add("worker");
    command.addAll(flags.arguments());
    return command;
  }
}
