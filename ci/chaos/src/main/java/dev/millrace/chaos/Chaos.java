package dev.millrace.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The long form: every fault, in one run. */
@Command(
    name = "ci/chaos/run",
    mixinStandardHelpOptions = true,
    description = "Run ingest on a real cluster, break what it runs on, and check what is left.")
final class Chaos implements Callable<Integer> {
  private static final int DIFFERS = 1;

  @Option(
      names = "--home",
      required = true,
      hidden = true,
      description = "The folder of the source.")
  private Path home;

  @Option(
      names = "--messages",
      defaultValue = "500000",
      description = "How many messages are sent. Default: ${DEFAULT-VALUE}.")
  private int messages;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Which copies, mistakes and late ones there are. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--faults",
      split = ",",
      description = "What happens, in this order: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Fault> faults = List.copyOf(EnumSet.allOf(Fault.class));

  @Option(
      names = "--folder",
      description = "Where all is written, to be kept. Default: a temporary one, deleted after.")
  private Path folder;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Chaos()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path place = folder == null ? Files.createTempDirectory("chaos") : folder;
    try {
      List<Comparison> all = perform(home, place, messages, seed, faults, out);
      return all.stream().allMatch(Comparison::agrees) ? 0 : DIFFERS;
    } finally {
      if (folder == null) {
        delete(place);
      }
    }
  }

  /** Plays, and prints the table. */
  static List<Comparison> perform(
      Path home, Path folder, int messages, long seed, List<Fault> faults, PrintStream out)
      throws Exception {
    List<Message> script = script(home, messages, seed);
    try (Scene scene = Scene.set(home, folder, EnumSet.copyOf(faults))) {
      List<Comparison> all = new Play(scene, script, faults, out).perform();
      print(all, out);
      return all;
    }
  }

  static List<Message> script(Path home, int messages, long seed) throws IOException {
    return Script.of(Flights.read(home.resolve("testdata/flights"), messages), messages, seed);
  }

  static void print(List<Comparison> all, PrintStream out) {
    out.print(Comparison.header());
    all.forEach(each -> out.print(each.lines()));
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> walk = Files.walk(folder)) {
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }
}
