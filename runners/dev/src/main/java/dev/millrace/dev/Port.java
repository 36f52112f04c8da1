package dev.millrace.dev;

/**
 * A port that a component listens on.
 *
 * @param name what it is called in the stack
 * @param preferred the first number to try, where none was asked for
 * @param use who connects to it
 */
public record Port(String name, int preferred, Use use) {
  /** Who connects to a port. */
  public enum Use {
    /** Users: once chosen, it stays. */
    PUBLIC,
    /** What collects metrics: once chosen, it stays as long as no other process takes it. */
    SCRAPED,
    /** The other processes: chosen anew when its engine starts from nothing. */
    INTERNAL
  }

  /** A port that users connect to. */
  public static Port open(String name, int preferred) {
    return new Port(name, preferred, Use.PUBLIC);
  }

  /** A port that shows metrics. */
  public static Port scraped(String name, int preferred) {
    return new Port(name, preferred, Use.SCRAPED);
  }

  /** A port that only the stack's own processes connect to. */
  public static Port internal(String name, int preferred) {
    return new Port(name, preferred, Use.INTERNAL);
  }
}
