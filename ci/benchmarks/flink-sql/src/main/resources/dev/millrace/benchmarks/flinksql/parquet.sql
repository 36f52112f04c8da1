-- How tables of Parquet are written. The unit is in capitals, for Flink makes them by the machine's
-- language, and not all have the letters that it wants.
'format' = 'parquet',
  'parquet.compression' = 'ZSTD', 'parquet.compression.codec.zstd.level' = '1',
  'parquet.utc-timezone' = 'true', 'parquet.write.int64.timestamp' = 'true',
  'parquet.timestamp.time.unit' = 'MICROS'
