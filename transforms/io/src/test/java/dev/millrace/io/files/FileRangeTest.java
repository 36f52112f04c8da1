package dev.millrace.io.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;

import dev.millrace.io.codec.Codec;
import dev.millrace.io.files.FileSet.MatchedFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileRangeTest {
  private static final MatchedFile PLAIN = new MatchedFile("f", 10, 0, Codec.PLAIN);
  private static final MatchedFile GZIP = new MatchedFile("f.gz", 1000, 0, Codec.GZIP);

  @Test
  void cutsAPlainFileIntoPartsThatMeet() {
    FileRange file = FileRange.of(PLAIN);
    assertThat(
        file.cut(3),
        contains(
            new FileRange(PLAIN, FileFormat.NDJSON, 0, 3, 3),
            new FileRange(PLAIN, FileFormat.NDJSON, 3, 6, 3),
            new FileRange(PLAIN, FileFormat.NDJSON, 6, 10, 4)));
  }

  @Test
  void cutsARangeAgain() {
    FileRange range = new FileRange(PLAIN, FileFormat.NDJSON, 100, 120, 20);
    assertThat(
        range.cut(10),
        contains(
            new FileRange(PLAIN, FileFormat.NDJSON, 100, 110, 10),
            new FileRange(PLAIN, FileFormat.NDJSON, 110, 120, 10)));
  }

  @Test
  void doesNotCutForARestOfLessThanHalf() {
    FileRange file = FileRange.of(new MatchedFile("f", 14, 0, Codec.PLAIN));
    assertThat(file.cut(10), contains(file));
  }

  @Test
  void leavesACompressedFileWhole() {
    FileRange file = FileRange.of(GZIP);
    assertThat(
        file.cut(10), contains(new FileRange(GZIP, FileFormat.NDJSON, 0, Long.MAX_VALUE, 1000)));
  }

  @Test
  void leavesWholeWhatMustBeReadFromItsStart() {
    for (String name : new String[] {"f.csv", "f.json"}) {
      FileRange file = FileRange.of(new MatchedFile(name, 1000, 0, Codec.PLAIN));
      assertThat(file.cut(10), contains(file));
    }
  }

  @Test
  void keepsAnEmptyFile() {
    assertThat(FileRange.of(new MatchedFile("f", 0, 0, Codec.PLAIN)).cut(10), hasSize(1));
  }

  @Test
  void groupsSmallRangesInTheirOrder() {
    FileRange two = FileRange.of(new MatchedFile("a", 2, 0, Codec.PLAIN));
    FileRange three = FileRange.of(new MatchedFile("b", 3, 0, Codec.XZ));
    FileRange nine = FileRange.of(new MatchedFile("c", 9, 0, Codec.PLAIN));
    assertThat(
        FileRange.group(List.of(two, three, nine, two), 5),
        contains(List.of(two, three), List.of(nine), List.of(two)));
  }
}
