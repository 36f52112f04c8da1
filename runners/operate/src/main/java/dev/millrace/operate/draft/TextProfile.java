package dev.millrace.operate.draft;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What was seen of texts: which types they could all be read as, and how long they are. */
final class TextProfile {
  private final List<TextForm> forms;
  private final List<Range> ranges = new ArrayList<>();
  private final Range lengths = new Range();

  /**
   * A profile of no text yet.
   *
   * @param writtenAsText whether numbers and booleans are written as text, too
   */
  TextProfile(boolean writtenAsText) {
    forms = new ArrayList<>(writtenAsText ? TextForm.ALL : TextForm.TIMES);
    forms.forEach(form -> ranges.add(new Range()));
  }

  void take(String text) {
    lengths.take(text.codePointCount(0, text.length()));
    if (forms.isEmpty()) {
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (int i = forms.size() - 1; i >= 0; i--) {
      if (!forms.get(i).take(text, utf8, ranges.get(i))) {
        forms.remove(i);
        ranges.remove(i);
      }
    }
  }

  /** The narrowest type that all texts can be read as. */
  Typing typing() {
    return forms.isEmpty()
        ? Typing.of("string", lengths)
        : new Typing(forms.get(0).logicalType(), forms.get(0).format(), ranges.get(0));
  }
}
