package dev.millrace.stages.contract.odcs;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** Passes on the events of a parser, as long as lists and objects aren't nested too deeply. */
final class NestingLimit implements Parser {
  /** Whoever reads the tree of the document calls itself for each level. */
  static final int MOST_LEVELS = 100;

  private final Parser parser;
  private int level;

  NestingLimit(Parser parser) {
    this.parser = parser;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    Event event = parser.next();
    switch (event.getEventId()) {
      case SequenceStart, MappingStart -> enter(event);
      case SequenceEnd, MappingEnd -> level--;
      default -> {}
    }
    return event;
  }

  private void enter(Event event) {
    level++;
    if (level > MOST_LEVELS) {
      throw new ParserException(
          "it is nested deeper than %s levels".formatted(MOST_LEVELS), event.getStartMark());
    }
  }
}
