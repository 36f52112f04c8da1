package dev.millrace.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.stages.contract.Lint;
import dev.millrace.stages.contract.odcs.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace contract lint}. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Say what is wrong with contracts, and what a run would not do with them.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = "Exit codes: 0 nothing is wrong (there may be notes), 1 something is, 2 wrong usage")
final class ContractLint implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "ODCS files.")
  private List<Path> files;

  @Option(names = "--json", description = "Print the findings as JSON, and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    List<Lint> lints = files.stream().map(Lint::of).toList();
    List<Finding> errors = lints.stream().flatMap(lint -> lint.errors().stream()).toList();
    List<Finding> notes = lints.stream().flatMap(lint -> lint.notes().stream()).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(errors, notes));
    } else {
      errors.forEach(out::println);
      notes.forEach(out::println);
      out.printf("%s, %s%n", count(errors, "error"), count(notes, "note"));
    }
    out.flush();
    return errors.isEmpty() ? ExitCodes.DONE : ExitCodes.CHECKS_FAILED;
  }

  private static String count(List<Finding> findings, String what) {
    return findings.size() + " " + what + (findings.size() == 1 ? "" : "s");
  }

  private static String json(List<Finding> errors, List<Finding> notes)
      throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    add(root.putArray("errors"), errors);
    add(root.putArray("notes"), notes);
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static void add(ArrayNode list, List<Finding> findings) {
    for (Finding finding : findings) {
      list.addObject()
          .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
          .put("file", finding.file())
          .put("line", finding.line())
          .put("path", finding.path())
          .put("message", finding.message());
    }
  }
}
