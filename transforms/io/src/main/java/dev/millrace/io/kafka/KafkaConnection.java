package dev.millrace.io.kafka;

import dev.millrace.io.Secret;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where a Kafka cluster is and how to get into it: what readers and writers have in common.
 * Immutable.
 *
 * <p>Settings have Kafka's own names and values, such as {@code security.protocol: SASL_SSL}. Those
 * that Kafka takes for passwords, {@code sasl.jaas.config} among them, are given by reference: see
 * {@link Secret}. They are looked up where a client is opened, on the machine that reads or writes;
 * no pipeline, display data, message or {@link #toString()} has their values.
 */
public final class KafkaConnection implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern SERVERS = Pattern.compile("(\\[[0-9a-fA-F:]+]|[\\w.-]+):\\d{1,5}");

  /** What all clients know: where and how to connect, and how long to wait. */
  private static final ConfigDef KNOWN = AdminClientConfig.configDef();

  /** How long to wait for an answer; Kafka's own minute is long where nobody listens. */
  private static final String PATIENCE_MILLIS = "30000";

  private static final Set<String> TAKEN =
      Set.of(
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG);

  private final String bootstrapServers;

  /** By name, with references in the place of passwords. */
  private final SortedMap<String, String> settings;

  private KafkaConnection(String bootstrapServers, SortedMap<String, String> settings) {
    this.bootstrapServers = bootstrapServers;
    this.settings = Collections.unmodifiableSortedMap(settings);
  }

  /** To a cluster that some of its brokers, {@code host:port,host:port}, lead to. */
  public static KafkaConnection to(String bootstrapServers) {
    for (String server : bootstrapServers.split(",", -1)) {
      if (!SERVERS.matcher(server.strip()).matches()) {
        throw new IllegalArgumentException(
            "Invalid bootstrapServers: %s (expected host:port, separated by commas)"
                .formatted(bootstrapServers));
      }
    }
    return new KafkaConnection(bootstrapServers, new TreeMap<>());
  }

  /**
   * With a setting that all of Kafka's clients know: security, time limits, buffers of sockets.
   *
   * @param value as Kafka has it; of a password, the reference to it
   */
  public KafkaConnection with(String setting, String value) {
    ConfigDef.ConfigKey key = KNOWN.configKeys().get(setting);
    if (key == null || TAKEN.contains(setting)) {
      throw new IllegalArgumentException(
          "Invalid Kafka setting: %s (expected one of a connection, such as security.protocol)"
              .formatted(setting));
    }
    check(key, value);
    SortedMap<String, String> more = new TreeMap<>(settings);
    more.put(setting, value);
    return new KafkaConnection(bootstrapServers, more);
  }

  /** With all of these settings: see {@link #with(String, String)}. */
  public KafkaConnection with(Map<String, String> settings) {
    KafkaConnection connection = this;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      connection = connection.with(setting.getKey(), setting.getValue());
    }
    return connection;
  }

  private static void check(ConfigDef.ConfigKey key, String value) {
    if (isPassword(key.name)) {
      checkReference(key.name, value);
      return;
    }
    try {
      Object parsed = ConfigDef.parseType(key.name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected %s)"
              .formatted(
                  key.name,
                  value,
                  key.validator == null ? "one of type " + named(key) : key.validator),
          e);
    }
  }

  private static String named(ConfigDef.ConfigKey key) {
    return key.type.name().toLowerCase(Locale.ROOT);
  }

  private static void checkReference(String name, String value) {
    try {
      new Secret(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Invalid %s: not shown (expected a reference: env:NAME or file:/path)".formatted(name),
          e);
    }
  }

  private static boolean isPassword(String setting) {
    return KNOWN.configKeys().get(setting).type == ConfigDef.Type.PASSWORD;
  }

  /** Some brokers of the cluster, as they were given. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The settings, with references in the place of passwords. */
  public SortedMap<String, String> settings() {
    return settings;
  }

  /**
   * What a client is opened with, passwords among it: not to be kept or shown.
   *
   * @throws IllegalStateException if a reference has no value here
   */
  Map<String, Object> clientProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.forEach(
        (name, value) ->
            properties.put(name, isPassword(name) ? new Secret(value).value() : value));
    return properties;
  }

  /** Adds what may be shown. */
  void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("bootstrapServers", bootstrapServers));
    builder.addIfNotDefault(DisplayData.item("kafkaSettings", shown()), "");
  }

  private String shown() {
    return settings.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KafkaConnection that
        && bootstrapServers.equals(that.bootstrapServers)
        && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return 31 * bootstrapServers.hashCode() + settings.hashCode();
  }

  @Override
  public String toString() {
    return settings.isEmpty() ? bootstrapServers : bootstrapServers + " with " + shown();
  }
}
