package dev.millrace.stages.decode;

import dev.millrace.record.BlockHeader;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;

/** The decoders of a contract's records, one for each way in which they may be written. */
final class RecordDecoders {
  private final JsonRecordDecoder json;
  private final CsvRecordDecoder csv;
  private final AvroRecordDecoder avro;

  RecordDecoders(Contract contract) {
    json = new JsonRecordDecoder(contract);
    csv = new CsvRecordDecoder(contract);
    avro = new AvroRecordDecoder(contract);
  }

  /** The one that reads the records of a block. */
  RecordDecoder of(RawBlock block) {
    BlockHeader header = block.header().orElse(null);
    if (header == null) {
      return json;
    }
    return header instanceof CsvHeader ? csv : avro;
  }
}
