package dev.millrace.ledger;

import java.nio.file.Path;

/** The databases that a ledger may be in. */
enum Database {
  SQLITE {
    @Override
    LedgerLocation unused(Path folder) {
      return LedgerLocation.file(folder.resolve("ledger.db"));
    }
  },
  POSTGRESQL {
    @Override
    LedgerLocation unused(Path folder) {
      return Postgresql.unused();
    }
  };

  /** A place for a ledger where there is none. */
  abstract LedgerLocation unused(Path folder);
}
