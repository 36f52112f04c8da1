package dev.millrace.pipelines.ingest;

import dev.millrace.io.Compression;
import dev.millrace.pipelines.PublishOptions;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.StreamingOptions;
import org.apache.beam.sdk.options.Validation;

/**
 * The options of {@link Ingest}, beside those of Beam and the runner. With {@code --streaming} the
 * input is watched for files, or the topic for messages, and the run goes on until {@code
 * --untilIdle} or for ever.
 */
public interface IngestOptions
    extends StreamingOptions, PublishOptions, SinkOptions, SpliceOptions, RegistryOptions {

  @Description(
      "Input files: paths or globs, separated by commas. {date} stands for each UTC day from --from"
          + " to --to. Files may be compressed: gzip, zstd, bzip2, xz. A run reads these or --topic.")
  List<String> getInput();

  void setInput(List<String> input);

  @Description(
      "Topic of Kafka to read in place of files: all that it has, or with --streaming all that will"
          + " come. Values are JSON, or with --format=avro what --schemaRegistry has schemas for.")
  String getTopic();

  void setTopic(String topic);

  @Description(
      "With --topic, --outputTopic or --deadLetterTopic: brokers to connect to, as host:port,"
          + " separated by commas.")
  String getBootstrapServers();

  void setBootstrapServers(String servers);

  @Description(
      "With --bootstrapServers: settings of Kafka's clients, as name=value, separated by commas,"
          + " such as security.protocol=SASL_SSL. A password is a reference: env:NAME or file:/path.")
  List<String> getKafkaSettings();

  void setKafkaSettings(List<String> settings);

  @Description(
      "With --topic: reads what was published at this instant or later. Default: from the first"
          + " message that is there. --from and --to are of event times.")
  String getPublishedFrom();

  void setPublishedFrom(String instant);

  @Description(
      "With --topic: reads what was published before this instant. Default: up to the last message"
          + " that is there at launch.")
  String getPublishedTo();

  void setPublishedTo(String instant);

  @Description(
      "With --topic and --streaming: where to begin, as earliest, latest, committed (by"
          + " --consumerGroup) or an instant of publishing. Default: earliest.")
  String getStartingAt();

  void setStartingAt(String start);

  @Description(
      "With --topic and --streaming: consumer group that shows how far the run has read. Default:"
          + " none.")
  String getConsumerGroup();

  void setConsumerGroup(String group);

  @Description(
      "With --topic and --streaming: after how long without a message a partition isn't waited for"
          + " any more.")
  @Default.String("1m")
  String getIdleness();

  void setIdleness(String duration);

  @Description(
      "Format of the input files: ndjson, csv, json (one array), avro or parquet. Default: what the"
          + " name of each file says, .csv, .json, .avro, .parquet, .ndjson or .jsonl; ndjson if it"
          + " says nothing. With --topic: ndjson or avro.")
  String getFormat();

  void setFormat(String format);

  @Description("Character between the fields of CSV files; \\t for a tab.")
  @Default.String(",")
  String getCsvDelimiter();

  void setCsvDelimiter(String delimiter);

  @Description("Character around fields of CSV files that need it.")
  @Default.String("\"")
  String getCsvQuote();

  void setCsvQuote(String quote);

  @Description(
      "How many times its size a compressed file may hold, beyond 64 MB; one that holds more fails"
          + " the run.")
  @Default.Integer(100)
  Integer getMaxExpansion();

  void setMaxExpansion(Integer times);

  @Description("Data contract of the records: an ODCS v3.1 file.")
  @Validation.Required
  String getContract();

  void setContract(String contract);

  @Description("Name of the schema object to read. Default: the only one in the contract.")
  String getSchema();

  void setSchema(String schema);

  @Description(
      "Fields whose values must be in a column of a CSV or NDJSON file, as"
          + " fields:path#column, separated by commas: origin,destination:airports.csv#iata."
          + " Records with others are rejected. Default: none.")
  List<String> getRefer();

  void setRefer(List<String> refer);

  @Description(
      "With --streaming: how often to look whether the files of --refer have changed, such as 1m."
          + " A change is in use after two looks at most. A file that is gone or broken stays in"
          + " use as it was for an hour, then the run fails. Default: they are read once, as"
          + " without --streaming.")
  String getReferRefresh();

  void setReferRefresh(String duration);

  @Description("Folder that the published tables, the quarantine and the report are in.")
  String getOutput();

  void setOutput(String output);

  @Description("Folder of the quarantine. Default: quarantine, in --output.")
  String getQuarantine();

  void setQuarantine(String quarantine);

  @Description(
      "Start of the interval, inclusive, as a UTC day (2001-01-01) or an instant. Records and rejects"
          + " before it are filtered; windows that start before it are not written. Default: no"
          + " start.")
  String getFrom();

  void setFrom(String from);

  @Description("End of the interval, exclusive, as a UTC day or an instant. Default: no end.")
  String getTo();

  void setTo(String to);

  @Description(
      "With --from and --to, and {date} in --input: how long before the interval the days of files"
          + " lie that may hold records of it, such as 1d. There may be no such files. Deduplication"
          + " by key reads those of its horizon before that, too. Default: 0s.")
  String getLookBack();

  void setLookBack(String duration);

  @Description(
      "With --from and --to, and {date} in --input: how long after the interval the days of files"
          + " lie that may hold records of it, or of windows that start in it. There may be no such"
          + " files. Default: 0s.")
  String getLookAhead();

  void setLookAhead(String duration);

  @Description(
      "With --streaming: ends the run when nothing came for so long, such as 10s, and publishes it"
          + " as a whole. Default: the run goes on until it is stopped, and publishes partitions"
          + " when they are complete.")
  String getUntilIdle();

  void setUntilIdle(String duration);

  @Description(
      "With --streaming, without --untilIdle: how much of the watermark's time there is between two"
          + " commits, each of which publishes the partitions that are complete, and what was late"
          + " or rejected.")
  @Default.String("1h")
  String getCommitInterval();

  void setCommitInterval(String duration);

  @Description("With --streaming: how often to look for new files.")
  @Default.String("1s")
  String getPollInterval();

  void setPollInterval(String duration);

  @Description(
      "With --streaming: how many files to take at most each time, in the order of modification"
          + " time and name. Default: all.")
  Integer getFilesPerPoll();

  void setFilesPerPoll(Integer files);

  @Description(
      "With --streaming: how far the watermark stays behind the latest event time. What comes later"
          + " than that and the contract's millrace.allowedLateness is late.")
  @Default.String("0s")
  String getMaxOutOfOrderness();

  void setMaxOutOfOrderness(String duration);

  @Description(
      "With --streaming: gives results of windows that go on, so long after a new record, in the"
          + " table aggregate_updates, with all that follow but the last. Default: only the last,"
          + " in the table aggregates.")
  String getEarlyFirings();

  void setEarlyFirings(String duration);

  @Description(
      "Windows of the aggregates: 1h, '1h every 15m', 'session 30m', 'day' or 'day in ZONE'.")
  @Default.String("1h")
  String getWindow();

  void setWindow(String window);

  @Description("Fields to group the aggregates by, separated by commas. Default: one group.")
  List<String> getGroupBy();

  void setGroupBy(List<String> groupBy);

  @Description(
      "Aggregates, separated by commas: count, sum(f), min(f), max(f), mean(f); approximately,"
          + " distinct(f), quantile(f,0.95), topK(f,10). Default: none.")
  String getAggregate();

  void setAggregate(String aggregate);

  @Description(
      "Parts into which the records are hashed to find duplicates; one is held in memory at a time."
          + " Default: one for less than 1 MiB of input, else one for each 32 MiB, 4 to 64. With"
          + " --streaming 128; on the DirectRunner 1 is faster.")
  Integer getShards();

  void setShards(Integer shards);

  @Description("Format of the published tables: parquet, ndjson or avro.")
  @Default.String("parquet")
  String getOutputFormat();

  void setOutputFormat(String outputFormat);

  @Description("Size in bytes that the files of a table should have.")
  @Default.Long(128L << 20)
  Long getTargetFileSize();

  void setTargetFileSize(Long bytes);

  @Description(
      "Compression of the published tables: ZSTD, SNAPPY (not ndjson), GZIP (deflate in avro) or"
          + " NONE.")
  @Default.Enum("ZSTD")
  Compression getCompression();

  void setCompression(Compression compression);

  @Description("Folder that this run writes to before it is audited. Set by the launcher.")
  @Validation.Required
  String getStaging();

  void setStaging(String staging);

  @Description("Name of this run. Set by the launcher.")
  String getRunId();

  void setRunId(String runId);
}
