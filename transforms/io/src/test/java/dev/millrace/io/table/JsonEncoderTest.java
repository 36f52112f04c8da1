package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.millrace.io.AllTypes;
import dev.millrace.io.Compression;
import dev.millrace.io.TableEncoder;
import dev.millrace.io.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class JsonEncoderTest {
  @TempDir Path folder;

  private static byte[] file(Compression compression) throws IOException {
    TableEncoder encoder = TableFormat.NDJSON.encoder(AllTypes.SCHEMA, compression);
    byte[] first = encoder.encode(List.of(AllTypes.full()));
    byte[] second = encoder.encode(List.of(AllTypes.bare(), AllTypes.full()));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    encoder.join(List.of(() -> first, () -> second), file);
    return file.toByteArray();
  }

  @Test
  void writesAllFieldsInTheirOrder() throws IOException {
    List<String> lines =
        new String(file(Compression.NONE), StandardCharsets.UTF_8).lines().toList();
    String full =
        """
        {"id":-1,"text":"\\"é\\\\\\u000a\\u0001","number":1.0E10,"decimal":-12.50,"flag":true,\
        "day":"1969-12-31","opens":"07:30:00.000500","at":"1969-12-31T23:59:59.999999Z",\
        "address":{"zip":"10","marks":[0.5,null]},"tags":["a",null,""],\
        "addresses":[{"zip":null,"marks":[]},null],"grid":[[1,2],[]]}""";
    String bare =
        """
        {"id":2,"text":null,"number":null,"decimal":null,"flag":null,"day":null,"opens":null,\
        "at":null,"address":null,"tags":null,"addresses":null,"grid":null}""";
    assertThat(lines, contains(full, bare, full));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SNAPPY")
  void isReadByOtherPrograms(Compression compression) throws Exception {
    String extension = TableFormat.NDJSON.encoder(AllTypes.SCHEMA, compression).extension();
    Path file = Files.write(folder.resolve("rows" + extension), file(compression));
    assertThat(
        Tables.query(
            "SELECT id, text, \"at\", \"decimal\", address.zip, grid[1][2] FROM '%s' ORDER BY id"
                .formatted(file)),
        contains(
            "-1|\"é\\\n\u0001|1969-12-31T23:59:59.999999Z|-12.5|10|2",
            "-1|\"é\\\n\u0001|1969-12-31T23:59:59.999999Z|-12.5|10|2",
            "2|null|null|null|null|null"));
    assertThat(TableRows.read(file).size(), is(3));
  }
}
