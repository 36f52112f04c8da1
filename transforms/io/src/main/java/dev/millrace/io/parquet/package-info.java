/**
 * Parquet, written from the bytes of rows: {@link dev.millrace.io.parquet.RowGroupEncoder} makes a
 * row group of records, a column at a time, and joins row groups to a file. {@link
 * dev.millrace.io.parquet.PageDecompressor} is for those that read it.
 */
package dev.millrace.io.parquet;
