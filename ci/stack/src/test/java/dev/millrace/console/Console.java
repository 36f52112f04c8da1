package dev.millrace.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** What a command answers. */
record Console(int code, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Console millrace(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Millrace.command(arguments);
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int code = command.execute(arguments);
    return new Console(code, out.toString(), err.toString());
  }

  /** As users start it: see {@link Installed}. */
  static Console launched(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("millrace", ".out");
    Path err = Files.createTempFile("millrace", ".err");
    try {
      int code =
          new ProcessBuilder(Installed.command(arguments))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start()
              .waitFor();
      return new Console(code, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  JsonNode json() throws IOException {
    return JSON.readTree(out);
  }
}
