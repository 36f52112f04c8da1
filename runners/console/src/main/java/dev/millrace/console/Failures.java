package dev.millrace.console;

import dev.millrace.dev.StackException;
import dev.millrace.io.ReadException;
import dev.millrace.io.WriteException;
import dev.millrace.launch.RunFailedException;
import dev.millrace.ledger.LedgerException;
import dev.millrace.ledger.OverlapException;
import dev.millrace.operate.publish.PublishException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** One clear line for what went wrong, and its exit code. */
final class Failures {
  private Failures() {}

  /** A command line that picocli can't make sense of. */
  static int misused(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(e.getMessage());
    command.getErr().printf("See '%s --help'%n", command.getCommandSpec().qualifiedName());
    return ExitCodes.USAGE;
  }

  /** What a verb threw. */
  static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    int code = code(e);
    err.println(
        code == ExitCodes.INFRASTRUCTURE && !isExpected(e) ? "Cannot go on: " + e : e.getMessage());
    if (e instanceof RunFailedException run) {
      run.log().ifPresent(log -> err.println("The failure in full: " + log));
    }
    if (parsed.expandedArgs().contains("--debug")) {
      e.printStackTrace(err);
    }
    err.flush();
    return code;
  }

  private static int code(Exception e) {
    return e instanceof IllegalArgumentException || e instanceof OverlapException
        ? ExitCodes.USAGE
        : ExitCodes.INFRASTRUCTURE;
  }

  private static boolean isExpected(Exception e) {
    return e instanceof RunFailedException
        || e instanceof PublishException
        || e instanceof LedgerException
        || e instanceof StackException
        || e instanceof ReadException
        || e instanceof WriteException;
  }
}
