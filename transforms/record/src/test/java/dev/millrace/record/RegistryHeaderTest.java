package dev.millrace.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class RegistryHeaderTest {

  @Test
  void findsTheIdAfterAZero() {
    byte[] message = {9, 0, 0x12, 0x34, 0x56, (byte) 0x87, 1};
    assertThat(RegistryHeader.isFramed(message, 1, message.length), is(true));
    assertThat(RegistryHeader.schemaId(message, 1), is(0x12345687));
  }

  @Test
  void needsTheZeroAndAllOfTheId() {
    assertThat(RegistryHeader.isFramed(new byte[5], 0, 5), is(true));
    assertThat(RegistryHeader.isFramed(new byte[5], 0, 4), is(false));
    assertThat(RegistryHeader.isFramed(new byte[5], 5, 5), is(false));
    assertThat(RegistryHeader.isFramed(new byte[] {'{', 0, 0, 0, 0, 0, '}'}, 0, 7), is(false));
  }
}
