package dev.millrace.io.codec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Gzip;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

class GzipMembersTest {

  @Test
  void readsOneMember() throws IOException {
    assertThat(read(Gzip.of("mill\n")), equalTo("mill\n"));
  }

  @Test
  void readsAllMembersWhateverTheBuffer() throws IOException {
    byte[] file = Gzip.of("first", "", "second", "third");
    for (int buffer = 1; buffer <= file.length + 1; buffer++) {
      assertThat("buffer of " + buffer, read(file, buffer), equalTo("firstsecondthird"));
    }
  }

  @Test
  void readsByteByByte() throws IOException {
    try (GzipMembers in = members(Gzip.of("ab"), 16)) {
      assertThat(in.read(), is((int) 'a'));
      assertThat(in.read(), is((int) 'b'));
      assertThat(in.read(), is(-1));
    }
  }

  @Test
  void passesOverTheOptionalPartsOfAHeader() throws IOException {
    byte[] plain = Gzip.of("race");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain, 0, 3);
    file.write(2 | 4 | 8 | 16);
    file.write(plain, 4, 6);
    file.write(new byte[] {3, 0, 9, 9, 9});
    file.write("name\0comment\0".getBytes(StandardCharsets.UTF_8));
    file.write(new byte[] {7, 7});
    file.write(plain, 10, plain.length - 10);
    assertThat(read(file.toByteArray()), equalTo("race"));
  }

  @Test
  void takesZerosAfterTheLastMemberForPadding() throws IOException {
    byte[] file = Gzip.of("mill");
    assertThat(read(Arrays.copyOf(file, file.length + 512)), equalTo("mill"));
  }

  @Test
  void saysWhereATruncatedFileEnds() throws IOException {
    byte[] file = Gzip.of("first", "second");
    int second = Gzip.of("first").length;
    for (int length = 1; length < file.length; length++) {
      if (length != second) {
        byte[] truncated = Arrays.copyOf(file, length);
        EOFException e = assertThrows(EOFException.class, () -> read(truncated));
        assertThat(
            e.getMessage(),
            equalTo("Cannot read f.gz: truncated gzip stream after %d bytes".formatted(length)));
      }
    }
  }

  @Test
  void noticesAChangedByteOfTheData() throws IOException {
    byte[] file = Gzip.of("mill");
    file[file.length - 8] ^= 1;
    IOException e = assertThrows(IOException.class, () -> read(file));
    assertThat(
        e.getMessage(),
        equalTo(
            "Cannot read f.gz: corrupt gzip stream before byte %d: the checksum of the data differs"
                .formatted(file.length - 4)));
  }

  @Test
  void noticesAWrongLength() throws IOException {
    byte[] file = Gzip.of("mill");
    file[file.length - 1] ^= 1;
    IOException e = assertThrows(IOException.class, () -> read(file));
    assertThat(
        e.getMessage(),
        equalTo(
            "Cannot read f.gz: corrupt gzip stream before byte %d: the length of the data differs"
                .formatted(file.length)));
  }

  @Test
  void noticesADamagedBlock() throws IOException {
    byte[] file = Gzip.of("mill");
    file[10] = 7;
    IOException e = assertThrows(IOException.class, () -> read(file));
    assertThat(
        e.getMessage(), startsWith("Cannot read f.gz: corrupt gzip stream before byte 11: "));
    assertThat(e.getCause(), instanceOf(DataFormatException.class));
  }

  @Test
  void doesNotTakeADamagedSecondMemberForTheEnd() throws IOException {
    byte[] file = Gzip.of("first", "second");
    file[Gzip.of("first").length] = 'x';
    IOException e = assertThrows(IOException.class, () -> read(file));
    assertThat(
        e.getMessage(),
        equalTo(
            "Cannot read f.gz: corrupt gzip stream before byte %d: no gzip member starts here"
                .formatted(Gzip.of("first").length + 1)));
  }

  private static String read(byte[] file) throws IOException {
    return read(file, 64);
  }

  private static String read(byte[] file, int buffer) throws IOException {
    try (GzipMembers in = members(file, buffer)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static GzipMembers members(byte[] file, int buffer) {
    return new GzipMembers(new ByteArrayInputStream(file), "f.gz", buffer);
  }
}
