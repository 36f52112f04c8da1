package dev.millrace.console;

import dev.millrace.operate.draft.ContractDraft;
import dev.millrace.operate.draft.DraftContract;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace contract infer}. */
@Command(
    name = "infer",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Draft a contract from files.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "The draft has types, required fields, a key and an event time as they hold for all records."
          + " Ranges and small sets of values are comments, to be enforced where they are meant.",
      "",
      "Exit codes: 0 done, 2 wrong usage or nothing to draft from, 3 a file can't be read"
    })
final class ContractInfer implements Callable<Integer> {
  private static final List<String> NO_EVENT_TIME =
      List.of(
          "No field looks like the event time, which a run and a test need: name one in the draft,",
          "as millrace.eventTimeField. What records only refer to needs no contract: run with",
          "--refer=FIELD:FILE#COLUMN.");

  @Spec private CommandSpec spec;

  @Mixin private InputFiles input;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the contract. Default: that of the first file, or of its folder.")
  private String name;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "File to write, which must not be there yet. Default: print the contract.")
  private Path output;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Look at the first N records. Default: all.")
  private Long records;

  @Override
  public Integer call() throws IOException {
    refuseToReplace();
    String chosen = name == null ? DraftName.of(input.input.get(0)) : name;
    DraftContract action = DraftContract.of(InputReading.of(input), chosen);
    ContractDraft draft = (records == null ? action : action.withRecords(records)).execute();
    PrintWriter out = spec.commandLine().getOut();
    if (output == null) {
      out.print(draft.yaml());
    } else {
      Files.writeString(output, draft.yaml(), StandardOpenOption.CREATE_NEW);
      out.printf("Drafted %s from %s records%n", output, draft.records());
      if (draft.eventTimeField().isEmpty()) {
        NO_EVENT_TIME.forEach(out::println);
      }
    }
    out.flush();
    return ExitCodes.DONE;
  }

  /** Before anything is read: what is there may be someone's work. */
  private void refuseToReplace() {
    if (output != null && Files.exists(output)) {
      throw new IllegalArgumentException(
          "Cannot write %s: it exists (choose another file)".formatted(output));
    }
    if (output != null && !Files.isDirectory(output.toAbsolutePath().getParent())) {
      throw new IllegalArgumentException(
          "Cannot write %s: its folder does not exist".formatted(output));
    }
  }
}
