package dev.millrace.operate;

/** What a run has come to. */
public enum RunState {
  /** It passed its audit, and readers see it. */
  PUBLISHED("published", "Published", "published"),
  /** It passed its audit and can be published; readers see what was there before. */
  STAGED("staged", "Staged", "staged"),
  /** It failed its audit; readers see what was there before. */
  REFUSED("refused", "Not published", "staged");

  private final String code;
  private final String verdict;
  private final String written;

  RunState(String code, String verdict, String written) {
    this.code = code;
    this.verdict = verdict;
    this.written = written;
  }

  /** Its name in JSON. */
  public String code() {
    return code;
  }

  /** What a title says of the run. */
  public String verdict() {
    return verdict;
  }

  /** What the rows are that the run has written to its tables. */
  public String written() {
    return written;
  }
}
