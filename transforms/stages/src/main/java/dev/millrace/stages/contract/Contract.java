package dev.millrace.stages.contract;

import dev.millrace.record.Partitioning;
import dev.millrace.record.RecordSchema;
import dev.millrace.stages.contract.odcs.ContractException;
import dev.millrace.stages.contract.odcs.Document;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A data contract of the <a href="https://bitol-io.github.io/open-data-contract-standard/">Open
 * Data Contract Standard</a>, v3.0 or v3.1, compiled: which fields a record has, the rules of each,
 * and how its records are handled. Immutable; it travels with the stages that use it.
 *
 * <p>A contract is that of one schema object, chosen by name where a file has several. Its
 * properties are the fields, by {@code name}, of all logical types: objects with their own
 * properties and arrays of {@code items} to any depth. Enforced on each record are {@code
 * required}, the {@code logicalTypeOptions}, and quality rules as the second table has them.
 * Lengths are in Unicode code points; a pattern is searched for, as in JSON Schema, and need not
 * match the whole text; patterns of dates and times are those of {@link
 * java.time.format.DateTimeFormatter}. A {@code physicalType} counts where it means the same
 * everywhere: {@code decimal(p,s)} (or numeric, number, dec) makes a number an exact decimal of up
 * to 18 digits and limits an integer's digits; {@code int16}, {@code smallint}, {@code int32},
 * {@code uint8}, {@code uint16} and {@code uint32} limit integers, {@code real} and {@code float32}
 * numbers, {@code varchar(n)} and {@code char(n)} the length of strings.
 *
 * <p>What the standard lacks is in {@code customProperties} of the schema object:
 *
 * <table>
 * <caption>Millrace's properties</caption>
 * <tr><th>property</th><th>value</th><th>default</th></tr>
 * <tr><td>{@code millrace.eventTimeField}</td><td>a field</td><td>none: it must be there</td></tr>
 * <tr><td>{@code millrace.eventTimeFormat}</td><td>{@code iso8601}, {@code epochSeconds}, {@code
 *     epochMillis}, {@code epochMicros} or a pattern</td><td>{@code iso8601}</td></tr>
 * <tr><td>{@code millrace.eventTimeZone}</td><td>the zone of times without one; see {@link
 *     TimeFormat} for clock changes</td><td>{@code UTC}</td></tr>
 * <tr><td>{@code millrace.eventTimeOfDayField}</td><td>a field of type time, string or integer with
 *     the time of day, where the event time's field has the date</td><td>none</td></tr>
 * <tr><td>{@code millrace.eventTimeOfDayFormat}</td><td>{@code HHmm}, of which leading zeros may be
 *     left out and 2400 is the end of the day, or a pattern</td><td>{@code HHmm}</td></tr>
 * <tr><td>{@code millrace.eventTimeMin}</td><td>the earliest plausible time, a date or an
 *     instant</td><td>{@code 1970-01-01}</td></tr>
 * <tr><td>{@code millrace.eventTimeMax}</td><td>the end of the plausible times,
 *     exclusive</td><td>{@code 2100-01-01}</td></tr>
 * <tr><td>{@code millrace.dedupKey}</td><td>a list of fields, or {@code content}</td><td>the
 *     primary key, else the first unique field, else {@code content}</td></tr>
 * <tr><td>{@code millrace.dedupHorizon}</td><td>a duration</td><td>{@code 1d}</td></tr>
 * <tr><td>{@code millrace.allowedLateness}</td><td>a duration</td><td>{@code 0s}</td></tr>
 * <tr><td>{@code millrace.partition}</td><td>{@code day} or {@code hour}</td><td>{@code
 *     day}</td></tr>
 * <tr><td>{@code millrace.unknownFields}</td><td>{@code reject}, {@code keep} or {@code
 *     drop}</td><td>{@code reject}</td></tr>
 * <tr><td>{@code millrace.coercion}</td><td>{@code none} or {@code lossless}: see {@link
 *     Coercion}</td><td>{@code none}</td></tr>
 * </table>
 *
 * <table>
 * <caption>Quality rules</caption>
 * <tr><th>rule</th><th>demands none ({@code mustBe: 0}), and is an
 *     error</th><th>other operators, or a warning</th></tr>
 * <tr><td>of type library: {@code nullValues}, {@code missingValues}, {@code invalidValues} (with {@code validValues}
 *     or a {@code pattern}) of a property, also a nested one</td><td>records that break it are
 *     rejected</td><td>counted over the published records</td></tr>
 * <tr><td>of type library: {@code rowCount} of the schema object</td><td>counted over the published
 *     records</td><td>counted over the published records</td></tr>
 * <tr><td>of type sql, whose query is a condition on one record, of the schema object or a
 *     property: {@code delay < distance}</td><td>records that break it are rejected; {@code mustBe:
 *     true} is the same</td><td>those that break it are counted over the published
 *     records</td></tr>
 * <tr><td>{@code duplicateValues}, rules of type text and custom, and other queries</td><td>not
 *     executed</td><td>not executed</td></tr>
 * </table>
 *
 * <p>The condition of a rule of type sql is what records must keep, and {@code mustBe: 0} or {@code
 * mustBeLessThan: 5} is of how many don't. As in a CHECK constraint, a record breaks it only if it
 * is false, not if it is unknown for a null; and if it can't be computed. It is tested on finished
 * records: one that breaks a rule of its fields is rejected for that, and no conditions are tried.
 * {@code ${column}}, {@code ${property}} or {@code ${field}} stands for the property that has the
 * rule. Which SQL may be used is in the Javadoc of {@link dev.millrace.stages.sql.Condition};
 * queries with SELECT, aggregates, the time of day or chance, and rules about what an array has,
 * are not executed.
 *
 * <p>What is counted is judged when all records are: {@link #countedRules()}. All eight operators
 * do, in {@code rows} (the default) or {@code percent} of the published records; both ends of a
 * range are in it. A rule without a {@code severity}, or with {@code error}, keeps the table from
 * being published if it is broken; any other severity is reported. What isn't executed is listed by
 * {@link #unchecked()}.
 *
 * <p>Of {@code slaProperties}, {@code latency} counts: its {@code value} and {@code unit} (s, min,
 * h, d, w, y and their longer names; a year has 365 days) are the time from the end of a partition
 * until it has to be published. It is that of the schema object which its {@code element} or {@code
 * slaDefaultElement} names, alone or with the field of the event time, as in {@code orders.placed};
 * without one, that of all. The shortest counts. Others are listed by {@link #unchecked()}.
 *
 * <p>The names of epoch formats can also be the {@code format} of a timestamp. The field of the
 * event time is required, whether or not the contract says so.
 */
public final class Contract implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What tells a contract from others. */
  record Identity(String id, String version, String name) implements Serializable {}

  private final Identity identity;
  private final RecordSchema schema;
  private final List<FieldRule> rules;
  private final List<RecordRule> recordRules;
  private final List<CountedRule> countedRules;
  private final EventTime eventTime;
  private final List<String> dedupKey;
  private final Handling handling;
  private final List<String> unchecked;

  Contract(
      Identity identity,
      RecordSchema schema,
      List<FieldRule> rules,
      List<RecordRule> recordRules,
      List<CountedRule> countedRules,
      EventTime eventTime,
      List<String> dedupKey,
      Handling handling,
      List<String> unchecked) {
    this.identity = identity;
    this.schema = schema;
    this.rules = List.copyOf(rules);
    this.recordRules = List.copyOf(recordRules);
    this.countedRules = List.copyOf(countedRules);
    this.eventTime = eventTime;
    this.dedupKey = List.copyOf(dedupKey);
    this.handling = handling;
    this.unchecked = List.copyOf(unchecked);
  }

  /**
   * Reads a contract with one schema object.
   *
   * @throws ContractException if the file can't be read, or with all that is wrong in it
   */
  public static Contract read(Path file) {
    return ContractCompiler.compile(file.toString(), Document.text(file), Optional.empty());
  }

  /**
   * Reads the contract of one of the schema objects in a file.
   *
   * @param schemaName the {@code name} of the schema object
   * @throws ContractException if the file can't be read, or with all that is wrong in it
   */
  public static Contract read(Path file, String schemaName) {
    return ContractCompiler.compile(file.toString(), Document.text(file), Optional.of(schemaName));
  }

  /**
   * Compiles the text of a contract with one schema object.
   *
   * @param fileName what errors call the file
   * @throws ContractException with all that is wrong
   */
  public static Contract parse(String fileName, String yaml) {
    return ContractCompiler.compile(fileName, yaml, Optional.empty());
  }

  /** The identifier of the contract, the same in all of its versions. */
  public String id() {
    return identity.id();
  }

  /** The version of the contract. */
  public String version() {
    return identity.version();
  }

  /** The name of the contract, or else that of its schema object. */
  public String name() {
    return identity.name();
  }

  /**
   * A field for each property, in the order of the file, named after the schema object. Where
   * unknown fields are kept, an optional string field {@code _unknown} follows.
   */
  public RecordSchema schema() {
    return schema;
  }

  /** The rules of the fields, at the indexes of the schema; {@code _unknown} has none. */
  public List<FieldRule> rules() {
    return rules;
  }

  /** The rules over several fields, for records that keep those of their fields. */
  public List<RecordRule> recordRules() {
    return recordRules;
  }

  /** The quality rules that are counted over a table, not enforced on each of its records. */
  public List<CountedRule> countedRules() {
    return countedRules;
  }

  /** Where a record says when it happened. */
  public EventTime eventTime() {
    return eventTime;
  }

  /** What becomes of fields that the contract doesn't have. */
  public UnknownFields unknownFields() {
    return handling.unknownFields();
  }

  /** Whether values of another type are taken where they can be read as the field's. */
  public Coercion coercion() {
    return handling.coercion();
  }

  /** The fields that tell whether two records are the same; none if the whole content does. */
  public List<String> dedupKey() {
    return dedupKey;
  }

  /** How far apart in event time duplicates may be, to be found. */
  public Duration dedupHorizon() {
    return handling.dedupHorizon();
  }

  /** How far behind the watermark a record may be, to be on time. */
  public Duration allowedLateness() {
    return handling.allowedLateness();
  }

  /** How the table of the records is partitioned. */
  public Partitioning partitioning() {
    return handling.partitioning();
  }

  /**
   * How long after the end of a partition it has to be published, as the service level {@code
   * latency} has it; empty if there is none.
   */
  public Optional<Duration> latency() {
    return Optional.ofNullable(handling.latency());
  }

  /**
   * What the contract asks for and this version doesn't check, one line each: {@code
   * flights.odcs.yaml:31: Not executed: library rule rowCount (at schema[0].quality[0])}.
   */
  public List<String> unchecked() {
    return unchecked;
  }

  @Override
  public String toString() {
    return "%s %s".formatted(identity.name(), identity.version());
  }
}
