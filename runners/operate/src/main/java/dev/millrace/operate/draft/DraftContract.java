package dev.millrace.operate.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.io.files.BlockReader;
import dev.millrace.io.files.ReadFiles;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import java.util.List;
import java.util.Optional;

/**
 * Drafts a contract from files: an ODCS v3.1 document that all of their records keep, but for those
 * that can't be read at all.
 *
 * <p>A draft demands what can hardly be meant otherwise: the types, {@code required} where there
 * always is a value, and the key. What records only happen to have in common, their ranges, lengths
 * and small sets of values, it says in comments that are ready to be uncommented: enforced as they
 * were observed, they would reject the first record of tomorrow that is a little larger. The event
 * time has plausible limits, from the first day of the earliest year to ten years after the latest,
 * so that they catch what is absurd. A field whose values are of several types is left out, and
 * unknown fields are then kept.
 *
 * <p>Keys are fields of integers, texts or times that differ in all records, exact copies aside, or
 * else two of them together, for which the files are read once more. That is exact up to some four
 * million records; beyond, it is not known. Other than for that, memory doesn't grow with the
 * input.
 */
public final class DraftContract {
  private final ReadFiles input;
  private final String name;
  private final long records;

  private DraftContract(ReadFiles input, String name, long records) {
    this.input = input;
    this.name = name;
    this.records = records;
  }

  /** Drafts a contract of this name from all records of these files. */
  public static DraftContract of(ReadFiles input, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("Missing required value: name");
    }
    return new DraftContract(input, name, Long.MAX_VALUE);
  }

  /**
   * Looks at no more than the first so many records.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public DraftContract withRecords(long records) {
    if (records < 1) {
      throw new IllegalArgumentException(
          "Invalid records: %s (expected at least 1)".formatted(records));
    }
    return new DraftContract(input, name, records);
  }

  /**
   * Reads the records and drafts the contract.
   *
   * @throws IllegalArgumentException if there is no record that can be read, or none with a field
   * @throws dev.millrace.io.ReadException if a file can't be read
   */
  public ContractDraft execute() {
    ObjectProfile profile = new ObjectProfile(new FieldLimit());
    KeySearch keys = new KeySearch();
    Unreadable unreadable = new Unreadable();
    scan(
        unreadable,
        (record, text, hash) -> {
          profile.take(record, text);
          keys.take(record, hash);
        });
    if (profile.count() == 0) {
      throw new IllegalArgumentException("Cannot draft a contract: " + unreadable.reason());
    }
    if (profile.fields().isEmpty()) {
      throw new IllegalArgumentException("Cannot draft a contract: the records have no fields");
    }
    Keys found = keys.found(profile);
    if (found.needsPairs()) {
      found = pairs(PairSearch.candidates(profile), found);
    }
    String yaml = new DraftYaml(name, profile, found, unreadable).text();
    Optional<String> eventTime = EventTimeGuess.of(profile).map(EventTimeGuess::field);
    return new ContractDraft(name, profile.count(), unreadable.count(), eventTime, yaml);
  }

  private Keys pairs(List<String> candidates, Keys singles) {
    if (candidates.size() < 2) {
      return singles;
    }
    PairSearch search = new PairSearch(candidates);
    scan(new Unreadable(), (record, text, hash) -> search.take(record, hash));
    return search.found(singles);
  }

  /** Gives each record that can be read, up to the limit. */
  private void scan(Unreadable unreadable, Taker taker) {
    RecordParser parser = new RecordParser();
    long left = records;
    try (BlockReader reader = input.open()) {
      for (Optional<RawBlock> next = reader.next();
          next.isPresent() && left > 0;
          next = reader.next()) {
        RawBlock block = next.get();
        boolean text = block.header().filter(CsvHeader.class::isInstance).isPresent();
        for (int i = 0; i < block.size() && left > 0; i++, left--) {
          try {
            ObjectNode record = parser.parse(block, i);
            taker.take(record, text, Hashes.ofRecord(block, i));
          } catch (UnreadableException e) {
            unreadable.add(block, i, e);
          }
        }
      }
    }
  }

  /** What becomes of a record. */
  private interface Taker {
    /**
     * Takes a record.
     *
     * @param text whether all values are written as text, whatever their type
     * @param hash of the bytes
     */
    void take(ObjectNode record, boolean text, long hash);
  }
}
