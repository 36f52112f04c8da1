package dev.millrace.io.reference;

import dev.millrace.io.InputException;
import dev.millrace.io.InputException.Kind;
import dev.millrace.io.Reasons;
import dev.millrace.io.codec.Codec;
import dev.millrace.io.files.WatchedFile;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/** A column of a file: {@code path#column}. */
record ReferenceColumn(String path, String column) implements Serializable {
  /** What a name ends with where the file is compressed. */
  private static final Pattern COMPRESSED = Pattern.compile("(?i)\\.(gz|zst|bz2|xz)$");

  static ReferenceColumn parse(String reference) {
    int hash = reference.lastIndexOf('#');
    if (hash < 1 || hash == reference.length() - 1) {
      throw new IllegalArgumentException(
          "Invalid reference: %s (expected path#column, such as airports.csv#iata)"
              .formatted(reference));
    }
    return new ReferenceColumn(reference.substring(0, hash), reference.substring(hash + 1));
  }

  String name() {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
        + "#"
        + column;
  }

  /** Reads all of it, and refuses what can't be a reference. */
  void check() {
    long[] values = {0};
    try {
      forEach(value -> values[0]++);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new InputException(
          Kind.NOT_FOUND, "Cannot find reference: %s does not exist".formatted(path), e);
    } catch (IOException e) {
      throw new InputException(
          Kind.UNREADABLE, "Cannot read reference: %s: %s".formatted(path, Reasons.of(e, path)), e);
    }
    if (values[0] == 0) {
      throw new InputException(
          Kind.EMPTY,
          "Cannot read reference: %s has no value in column %s".formatted(path, column));
    }
  }

  /** The file as it is now. */
  WatchedFile look() throws IOException {
    try {
      Metadata file = FileSystems.matchSingleFileSpec(path);
      return new WatchedFile(path, file.sizeBytes(), file.lastModifiedMillis());
    } catch (FileNotFoundException e) {
      throw new IOException("it is gone", e);
    }
  }

  /** All values, of which there is at least one, as the file had them all the while. */
  List<String> values(WatchedFile looked) throws IOException {
    List<String> values = new ArrayList<>();
    forEach(values::add);
    if (!look().equals(looked)) {
      throw new IOException("it changed while it was read");
    }
    if (values.isEmpty()) {
      throw new IOException("it has no value in column " + column);
    }
    return values;
  }

  /** Gives every value that is there, in the order of the file. */
  void forEach(Consumer<String> values) throws IOException {
    try (Reader text = open()) {
      String plain = COMPRESSED.matcher(path).replaceFirst("");
      if (plain.regionMatches(true, plain.length() - 4, ".csv", 0, 4)) {
        CsvColumn.read(text, column, values);
      } else {
        JsonColumn.read(new BufferedReader(text), column, values);
      }
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8", e);
    }
  }

  private Reader open() throws IOException {
    PushbackInputStream bytes =
        new PushbackInputStream(
            Channels.newInputStream(
                FileSystems.open(FileSystems.matchSingleFileSpec(path).resourceId())),
            Codec.MAGIC_BYTES);
    byte[] start = bytes.readNBytes(Codec.MAGIC_BYTES);
    bytes.unread(start);
    InputStream plain = Codec.of(start).decode(bytes, path);
    Reader reader =
        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
    skipByteOrderMark(reader);
    return reader;
  }

  private static void skipByteOrderMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\ufeff') {
      reader.reset();
    }
  }

  @Override
  public String toString() {
    return path + "#" + column;
  }
}
