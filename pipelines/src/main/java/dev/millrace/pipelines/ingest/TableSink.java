package dev.millrace.pipelines.ingest;

import dev.millrace.io.jdbc.Database;
import dev.millrace.io.jdbc.WriteJdbc;
import dev.millrace.record.RecordSchema;
import dev.millrace.stages.contract.Contract;
import java.util.List;
import java.util.Optional;

/** Reads the options that begin with {@code --jdbc}. */
final class TableSink {
  private final IngestOptions options;
  private final Contract contract;

  private TableSink(IngestOptions options, Contract contract) {
    this.options = options;
    this.contract = contract;
  }

  /** The table that the options name; nothing without {@code --jdbcUrl}. */
  static Optional<WriteJdbc> of(IngestOptions options, Contract contract) {
    TableSink sink = new TableSink(options, contract);
    if (options.getJdbcUrl() == null) {
      sink.refuseWithoutUrl();
      return Optional.empty();
    }
    return Optional.of(sink.write());
  }

  private void refuseWithoutUrl() {
    String expected = "with --jdbcUrl";
    Choice.refuse("jdbcTable", options.getJdbcTable(), expected);
    Choice.refuse("jdbcKey", Choice.shown(options.getJdbcKey()), expected);
    Choice.refuse("jdbcVersion", options.getJdbcVersion(), expected);
    Choice.refuse("jdbcUser", options.getJdbcUser(), expected);
    Choice.refuse("jdbcPassword", options.getJdbcPassword() == null ? null : "not shown", expected);
  }

  private WriteJdbc write() {
    if (options.getJdbcTable() == null) {
      throw new IllegalArgumentException("Missing required value: jdbcTable");
    }
    Database database = database();
    List<String> key = key();
    WriteJdbc keyed =
        Choice.checked("jdbcTable", () -> WriteJdbc.to(database, options.getJdbcTable(), key));
    WriteJdbc write =
        options.getJdbcVersion() == null ? keyed : keyed.withVersion(options.getJdbcVersion());
    Choice.checked("jdbcKey or --jdbcVersion", () -> checked(write));
    if (options.getJdbcVersion() == null) {
      checkUnique(key);
    }
    return write;
  }

  private Database database() {
    Database database = Choice.checked("jdbcUrl", () -> Database.at(options.getJdbcUrl()));
    Database named =
        options.getJdbcUser() == null ? database : database.withUser(options.getJdbcUser());
    return options.getJdbcPassword() == null
        ? named
        : Choice.checked("jdbcPassword", () -> named.withPassword(options.getJdbcPassword()));
  }

  private List<String> key() {
    List<String> key = options.getJdbcKey() == null ? contract.dedupKey() : options.getJdbcKey();
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "Missing required value: jdbcKey (the contract has no key)");
    }
    return key;
  }

  private WriteJdbc checked(WriteJdbc write) {
    write.check(contract.schema());
    return write;
  }

  /**
   * Refuses a key that several published records may have: which of them stays would depend on the
   * order in which they are written.
   */
  private void checkUnique(List<String> key) {
    List<String> identity = contract.dedupKey();
    if (identity.isEmpty()) {
      identity = contract.schema().fields().stream().map(RecordSchema.Field::name).toList();
    }
    if (!key.containsAll(identity)) {
      throw new IllegalArgumentException(
          "Missing required value: jdbcVersion (records that differ may have one jdbcKey: which stays?)");
    }
  }
}
