package dev.millrace.benchmarks.flinksql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;

/** A resource of statements with {@code ${names}} for what differs between runs. */
record Script(String text) {
  private static final String INSERT = "INSERT INTO";
  private static final String COMMENT = "(?m)^--.*\\R";
  private static final Pattern SHARED = Pattern.compile("\\$\\{([a-z]+\\.sql)}");
  private static final String END_OF_STATEMENT = ";\\s*(\n\\s*|$)";

  /** Reads a script; {@code ${name.sql}} in it is another resource, which several share. */
  static Script read(String name, Map<String, String> values) throws IOException {
    String text = resource(name);
    Matcher shared = SHARED.matcher(text);
    while (shared.find()) {
      text = text.replace(shared.group(), resource(shared.group(1)).strip());
    }
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    return new Script(text);
  }

  private static String resource(String name) throws IOException {
    try (InputStream script = Script.class.getResourceAsStream(name)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8).replaceAll(COMMENT, "");
    }
  }

  /** What is inserted is one set of statements, which the planner sees as a whole. */
  StatementSet prepare(TableEnvironment tables) {
    StatementSet inserts = tables.createStatementSet();
    for (String statement : text.strip().split(END_OF_STATEMENT, -1)) {
      if (statement.startsWith(INSERT)) {
        inserts.addInsertSql(statement);
      } else if (!statement.isEmpty()) {
        tables.executeSql(statement);
      }
    }
    return inserts;
  }
}
