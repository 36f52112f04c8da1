package dev.millrace.io.blocks;

/** The three bytes that some programs put at the start of a file of UTF-8. */
final class ByteOrderMark {
  private ByteOrderMark() {}

  /** Where the text of a file starts. */
  static int skip(byte[] file, int from, int to) {
    boolean there =
        to - from >= 3
            && file[from] == (byte) 0xef
            && file[from + 1] == (byte) 0xbb
            && file[from + 2] == (byte) 0xbf;
    return there ? from + 3 : from;
  }
}
