package dev.millrace.quarantine;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.HexFormat;

/**
 * Escapes every character that is not seen as itself: besides those below U+0020, which JSON
 * demands, also DEL, the C1 controls that a terminal may obey, line and paragraph separators that
 * some readers take for the end of a line, and format characters that reorder or hide text.
 */
final class VisibleCharacters extends CharacterEscapes {
  private static final long serialVersionUID = 1L;

  private final int[] ascii = standardAsciiEscapesForJSON();

  VisibleCharacters() {
    ascii[0x7f] = ESCAPE_STANDARD;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii;
  }

  @Override
  public SerializableString getEscapeSequence(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          new SerializedString(
              "\\u" + HexFormat.of().withUpperCase().toHexDigits((char) character));
      default -> null;
    };
  }
}
