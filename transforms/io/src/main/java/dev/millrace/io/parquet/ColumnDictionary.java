package dev.millrace.io.parquet;

/** The distinct values of a column, numbered as they come. */
interface ColumnDictionary {
  /** How many there are. */
  int size();

  /** Whether there are so many that plain values cost less. */
  boolean isFull();

  /** The values in their order, as the dictionary's page has them. */
  PlainBytes page();
}
