package dev.millrace.io.codec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Packed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CodecTest {

  @ParameterizedTest
  @EnumSource
  void readsStreamsInARow(Codec codec) throws IOException {
    byte[] file = Packed.as(codec, "first", "", "second");

    assertThat(Codec.of(Arrays.copyOf(file, Codec.MAGIC_BYTES)), is(codec));
    assertThat(read(codec, file), equalTo("firstsecond"));
  }

  @ParameterizedTest
  @EnumSource
  void readsByteByByte(Codec codec) throws IOException {
    try (InputStream in = open(codec, Packed.as(codec, "ab"))) {
      assertThat(in.read(), is((int) 'a'));
      assertThat(in.read(), is((int) 'b'));
      assertThat(in.read(), is(-1));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
  void saysWhereATruncatedFileEnds(Codec codec) throws IOException {
    byte[] file = Packed.as(codec, "first", "second");
    int second = Packed.as(codec, "first").length;
    for (int length = 1; length < file.length; length++) {
      if (length != second) {
        byte[] truncated = Arrays.copyOf(file, length);
        EOFException e = assertThrows(EOFException.class, () -> read(codec, truncated));
        assertThat(
            e.getMessage(),
            equalTo(
                "Cannot read f: truncated %s stream after %d bytes"
                    .formatted(codec.name().toLowerCase(Locale.ROOT), length)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
  void noticesAnyChangedByteOfTheData(Codec codec) throws IOException {
    byte[] file = Packed.as(codec, "some text that is long enough, some text");
    for (int at = 12; at < file.length; at++) {
      byte[] damaged = file.clone();
      damaged[at] ^= 0x55;
      IOException e = assertThrows(IOException.class, () -> read(codec, damaged));
      assertThat(e.getMessage(), startsWith("Cannot read f: "));
      assertThat(e.getMessage().lines().count(), is(1L));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
  void doesNotTakeGarbageAfterAStreamForTheEnd(Codec codec) throws IOException {
    byte[] stream = Packed.as(codec, "first");
    byte[] file = Arrays.copyOf(stream, stream.length + 12);
    Arrays.fill(file, stream.length, file.length, (byte) 'x');
    IOException e = assertThrows(IOException.class, () -> read(codec, file));
    assertThat(
        e.getMessage(),
        startsWith(
            "Cannot read f: corrupt %s stream before byte "
                .formatted(codec.name().toLowerCase(Locale.ROOT))));
  }

  @Test
  void tellsZstdByAFrameWithoutDataToo() throws IOException {
    byte[] skippable = HexFormat.of().parseHex("502a4d18" + "02000000" + "abcd");
    byte[] frame = Packed.as(Codec.ZSTD, "text");
    byte[] file = Arrays.copyOf(skippable, skippable.length + frame.length);
    System.arraycopy(frame, 0, file, skippable.length, frame.length);

    assertThat(Codec.of(Arrays.copyOf(file, Codec.MAGIC_BYTES)), is(Codec.ZSTD));
    assertThat(read(Codec.ZSTD, file), equalTo("text"));
  }

  @Test
  void takesWhatIsTooShortForPlain() {
    assertThat(Codec.of(new byte[0]), is(Codec.PLAIN));
    assertThat(Codec.of(new byte[] {0x1f}), is(Codec.PLAIN));
    assertThat(Codec.of(new byte[] {'{', '}'}), is(Codec.PLAIN));
  }

  @Test
  void refusesAWindowThatDoesNotFitItsMemory() throws IOException {
    // The start of the frame, no flags, the exponent of the window, and a last block of one byte.
    String frame = "28b52ffd" + "00" + "%02x" + "090000" + "78";
    byte[] small = HexFormat.of().parseHex(frame.formatted((27 - 10) << 3));
    byte[] large = HexFormat.of().parseHex(frame.formatted((28 - 10) << 3));

    assertThat(read(Codec.ZSTD, small), equalTo("x"));
    refusesForMemory(Codec.ZSTD, large);
  }

  @Test
  void refusesADictionaryThatDoesNotFitItsMemory() throws IOException {
    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    LZMA2Options options = new LZMA2Options(0);
    options.setDictSize(1 << 20);
    try (XZOutputStream out = new XZOutputStream(xz, options)) {
      out.write('x');
    }
    byte[] file = xz.toByteArray();
    // The block's header: its size, flags, filter, size of properties, then the dictionary's size.
    file[16] = 36;
    fixBlockHeader(file);
    refusesForMemory(Codec.XZ, file);
  }

  /** Writes the checksum of the block header after the twelve bytes of the stream's. */
  private static void fixBlockHeader(byte[] file) {
    int length = 4 * (file[12] + 1);
    CRC32 crc = new CRC32();
    crc.update(file, 12, length - 4);
    for (int i = 0; i < 4; i++) {
      file[12 + length - 4 + i] = (byte) (crc.getValue() >>> (8 * i));
    }
  }

  private static void refusesForMemory(Codec codec, byte[] file) {
    IOException e = assertThrows(IOException.class, () -> read(codec, file));
    assertThat(
        e.getMessage(),
        equalTo(
            "Cannot read f: its %s stream needs too much memory (expected a window of at most 128 MB)"
                .formatted(codec.name().toLowerCase(Locale.ROOT))));
    assertThat(e.getCause(), notNullValue());
  }

  @Test
  void doesNotBlameTheContentForADiskThatFails() throws IOException {
    InputStream disk = InputStream.nullInputStream();
    disk.close();
    IOException e =
        assertThrows(IOException.class, () -> Codec.XZ.decode(disk, "f").readAllBytes());
    assertThat(e.getMessage(), equalTo("Stream closed"));
  }

  @Test
  void keepsTheCauseOfATruncation() throws IOException {
    byte[] file = Packed.as(Codec.XZ, "text");
    IOException e =
        assertThrows(IOException.class, () -> read(Codec.XZ, Arrays.copyOf(file, file.length - 1)));
    assertThat(e.getCause(), instanceOf(EOFException.class));
  }

  private static String read(Codec codec, byte[] file) throws IOException {
    try (InputStream in = open(codec, file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream open(Codec codec, byte[] file) {
    return codec.decode(new ByteArrayInputStream(file), "f");
  }
}
