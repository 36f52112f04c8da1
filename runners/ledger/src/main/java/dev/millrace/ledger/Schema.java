package dev.millrace.ledger;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The tables, brought up to date by Flyway. The same migrations run on both databases: they use
 * what both know.
 */
final class Schema {
  static final String MIGRATIONS = "classpath:dev/millrace/ledger/migrations";

  private Schema() {}

  /** Creates or changes the tables, if they aren't those of this version. */
  static void migrate(DataSource source, Backend backend, LedgerLocation location) {
    FluentConfiguration configuration =
        Flyway.configure(Schema.class.getClassLoader())
            .loggers("slf4j")
            .dataSource(source)
            .createSchemas(false)
            .locations(MIGRATIONS);
    backend.schema().ifPresent(configuration::defaultSchema);
    Flyway flyway = configuration.load();
    MigrationInfoService info = flyway.info();
    refuseOthers(info, location);
    if (info.pending().length > 0) {
      backend.exclusively(() -> migrate(flyway, location));
    }
  }

  private static void migrate(Flyway flyway, LedgerLocation location) {
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
        throw new LedgerException(
            "Cannot open ledger %s: it has tables of something else: name another file or schema (--ledger)"
                .formatted(location),
            e);
      }
      throw e;
    }
  }

  private static void refuseOthers(MigrationInfoService info, LedgerLocation location) {
    for (MigrationInfo migration : info.applied()) {
      if (!migration.getState().isResolved()) {
        throw new LedgerException(
            "Cannot open ledger %s: a newer Millrace made its tables, version %s: use that one, or name another ledger (--ledger=FILE)"
                .formatted(location, migration.getVersion()));
      }
      if (!migration.isChecksumMatching()) {
        throw new LedgerException(
            "Cannot open ledger %s: its tables, version %s, are not those that were released: name another ledger (--ledger=FILE)"
                .formatted(location, migration.getVersion()));
      }
    }
  }
}
