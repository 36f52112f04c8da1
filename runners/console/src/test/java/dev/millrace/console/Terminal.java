package dev.millrace.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Types commands, and keeps what the last one printed. */
final class Terminal {
  private StringWriter out;
  private StringWriter err;

  /** Returns the exit code. */
  int type(String... command) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine millrace = Millrace.command();
    millrace.setOut(new PrintWriter(out));
    millrace.setErr(new PrintWriter(err));
    return millrace.execute(command);
  }

  String out() {
    return out.toString();
  }

  List<String> lines() {
    return out().lines().toList();
  }

  String err() {
    return err.toString();
  }
}
