package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldNamesTest {
  private final JsonCursor cursor = new JsonCursor();

  private List<Integer> read(FieldNames names, String... tokens) throws MalformedJson {
    byte[] in = String.join(" ", tokens).getBytes(StandardCharsets.UTF_8);
    cursor.begin(in, 0, in.length);
    names.begin();
    List<Integer> fields = new ArrayList<>();
    while (cursor.peek() != JsonCursor.END) {
      fields.add(names.read(cursor));
    }
    return fields;
  }

  private static FieldNames names(String... names) {
    return new FieldNames(names);
  }

  @Test
  void findsFieldsInOrderAndOutOfOrder() throws MalformedJson {
    FieldNames names = names("a", "b", "c");
    assertThat(read(names, "\"a\"", "\"b\"", "\"c\""), contains(0, 1, 2));
    assertThat(read(names, "\"c\"", "\"a\"", "\"b\""), contains(2, 0, 1));
    assertThat(read(names, "\"c\"", "\"a\"", "\"b\""), contains(2, 0, 1));
    assertThat(read(names, "\"b\""), contains(1));
    assertThat(read(names, "\"a\"", "\"b\"", "\"c\""), contains(0, 1, 2));
  }

  @Test
  void findsFieldsAfterUnknownOnes() throws MalformedJson {
    FieldNames names = names("a", "b");
    for (int i = 0; i < 2; i++) {
      assertThat(
          read(names, "\"x\"", "\"a\"", "\"y\"", "\"b\"", "\"z\""), contains(-1, 0, -1, 1, -1));
      assertThat(cursor.text().toString(), is("z"));
    }
  }

  @Test
  void findsRepeatedFields() throws MalformedJson {
    assertThat(read(names("a", "b"), "\"a\"", "\"a\"", "\"b\"", "\"a\""), contains(0, 0, 1, 0));
    assertThat(read(names("a"), "\"a\"", "\"a\""), contains(0, 0));
  }

  @Test
  void tellsNamesApartThatStartAlike() throws MalformedJson {
    FieldNames names = names("delay", "delay2", "dela", "");
    assertThat(
        read(names, "\"delay2\"", "\"dela\"", "\"delay\"", "\"\"", "\"delay23\""),
        contains(1, 2, 0, 3, -1));
  }

  @Test
  void findsNamesWrittenWithEscapes() throws MalformedJson {
    FieldNames names = names("a\"b", "c\\d", "e\nf", "ığ😀");
    for (int i = 0; i < 2; i++) {
      assertThat(
          read(names, "\"a\\\"b\"", "\"c\\\\d\"", "\"e\\nf\"", "\"ığ😀\""), contains(0, 1, 2, 3));
      assertThat(
          read(
              names,
              "\"a\\u0022b\"",
              "\"\\u0063\\\\d\"",
              "\"e\\u000af\"",
              "\"ı\\u011f\\ud83d\\ude00\""),
          contains(0, 1, 2, 3));
    }
  }

  @Test
  void findsEachOfManyFields() throws MalformedJson {
    String[] many = IntStream.range(0, 1000).mapToObj(i -> "field" + i).toArray(String[]::new);
    FieldNames names = names(many);
    for (int i = 999; i >= 0; i--) {
      assertThat(read(names, '"' + many[i] + '"', '"' + many[i] + "x\""), contains(i, -1));
    }
  }

  @Test
  void rejectsWhatIsNoName() {
    MalformedJson malformed =
        assertThrows(MalformedJson.class, () -> read(names("a"), "\"a\"", "b"));
    assertThat(malformed.getMessage(), is("Expected '\"'"));
    assertThat(malformed.position(), is(4));
  }
}
