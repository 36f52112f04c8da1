package dev.millrace.stages.contract.odcs;

import static dev.millrace.stages.contract.odcs.OdcsParts.CUSTOM_PROPERTIES;
import static dev.millrace.stages.contract.odcs.OdcsParts.ROLES;
import static dev.millrace.stages.contract.odcs.OdcsTexts.ID;
import static dev.millrace.stages.contract.odcs.OdcsTexts.SFTP;
import static dev.millrace.stages.contract.odcs.OdcsTexts.URI_TEXT;
import static dev.millrace.stages.contract.odcs.Shape.INTEGER;
import static dev.millrace.stages.contract.odcs.Shape.Key.may;
import static dev.millrace.stages.contract.odcs.Shape.Key.must;
import static dev.millrace.stages.contract.odcs.Shape.TEXT;
import static dev.millrace.stages.contract.odcs.Shape.listOf;
import static dev.millrace.stages.contract.odcs.Shape.object;
import static dev.millrace.stages.contract.odcs.Shape.oneOf;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The structure of the {@code servers} of a document: which keys each type of them has. A run reads
 * what its job says, not these.
 */
final class OdcsServers {
  /** The keys of each type, by its name; an exclamation mark is at those that must be there. */
  private static final Map<String, String> KEYS = keysByType();

  private static final Map<String, Shape> SHAPES = shapes();

  /** The servers of a document. */
  static final Shape SERVERS = listOf(Shape.chosenBy(OdcsServers::shape));

  private OdcsServers() {}

  private static Map<String, String> keysByType() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("api", "location!");
    keys.put("athena", "stagingDir! schema! catalog regionName");
    keys.put("azure", "location! format! delimiter");
    keys.put("bigquery", "project! dataset!");
    keys.put("clickhouse", "host! port! database!");
    keys.put("databricks", "host catalog! schema!");
    keys.put("denodo", "host! port! database");
    keys.put("dremio", "host! port! schema");
    keys.put("duckdb", "database! schema");
    keys.put("glue", "account! database! location format");
    keys.put("cloudsql", "host! port! database! schema!");
    keys.put("db2", "host! port! database! schema");
    keys.put("hive", "host! port database!");
    keys.put("impala", "host! port database!");
    keys.put("informix", "host! port database!");
    keys.put("kafka", "host! format");
    keys.put("kinesis", "region format");
    keys.put("local", "path! format!");
    keys.put("mysql", "host! port! database!");
    keys.put("oracle", "host! port! serviceName!");
    keys.put("postgresql", "host! port! database! schema!");
    keys.put("postgres", "host! port! database! schema!");
    keys.put("presto", "host! catalog schema");
    keys.put("pubsub", "project!");
    keys.put("redshift", "host database! schema! region account");
    keys.put("s3", "location! endpointUrl format delimiter");
    keys.put("sftp", "location! format delimiter");
    keys.put("snowflake", "host port account! database! schema! warehouse");
    keys.put("sqlserver", "host! port database! schema!");
    keys.put("synapse", "host! port! database!");
    keys.put("trino", "host! port! catalog! schema!");
    keys.put("vertica", "host! port! database! schema!");
    keys.put("zen", "host! port database!");
    keys.put(
        "custom",
        "account catalog database dataset delimiter endpointUrl format host location path port"
            + " project region regionName schema serviceName stagingDir warehouse stream");
    return keys;
  }

  private static Map<String, Shape> shapes() {
    Shape type = oneOf(KEYS.keySet().toArray(String[]::new));
    Map<String, Shape> shapes = new LinkedHashMap<>();
    KEYS.forEach(
        (name, keys) -> {
          Shape.Key[] own =
              Arrays.stream(keys.split(" ")).map(key -> key(name, key)).toArray(Shape.Key[]::new);
          shapes.put(name, object(Shape.Key.join(common(type), own)));
        });
    return shapes;
  }

  /** The shape of a server; one whose type isn't known may have the keys of all of them. */
  private static Shape shape(Element server) {
    return SHAPES.getOrDefault(server.text("type").orElse(""), SHAPES.get("custom"));
  }

  private static Shape.Key[] common(Shape type) {
    return new Shape.Key[] {
      may("id", ID),
      must("server", TEXT),
      must("type", type),
      may("description", TEXT),
      may("environment", TEXT),
      may("roles", ROLES),
      may("customProperties", CUSTOM_PROPERTIES)
    };
  }

  private static Shape.Key key(String type, String key) {
    boolean required = key.endsWith("!");
    String name = required ? key.substring(0, key.length() - 1) : key;
    return new Shape.Key(name, value(type, name), required);
  }

  private static Shape value(String type, String key) {
    return switch (key) {
      case "port" -> INTEGER;
      case "location" -> type.equals("sftp") ? SFTP : URI_TEXT;
      case "endpointUrl" -> URI_TEXT;
      case "stagingDir" -> type.equals("athena") ? URI_TEXT : TEXT;
      default -> TEXT;
    };
  }
}
