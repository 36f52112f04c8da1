package dev.millrace.stages.contract;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2 to a tree of elements. */
final class Document {
  private Document() {}

  /**
   * The root of a document.
   *
   * @throws ContractException if the text isn't one YAML document
   */
  static Element read(String yaml, Findings findings) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    try {
      return new Compose(settings)
          .composeString(yaml)
          .map(node -> Element.root(node, findings))
          .orElseThrow(() -> findings.fatal(1, "Cannot read contract: the file is empty", null));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw findings.fatal(line, "Cannot read YAML: " + onOneLine(e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw findings.fatal(1, "Cannot read YAML: " + onOneLine(e.getMessage()), e);
    }
  }

  /** The parser quotes the character that it found, which may be a line end. */
  private static String onOneLine(String problem) {
    return problem.replaceAll("[\\p{Cntrl}\\s]+", " ");
  }
}
