package dev.millrace.stages.contract;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
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
      Optional<Node> root = new Compose(settings).composeString(yaml);
      if (root.isPresent()) {
        return Element.root(root.get(), findings);
      }
      findings.error(1, "", "Cannot read contract: the file is empty");
      findings.throwErrors(null);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      findings.error(line, "", "Cannot read YAML: " + Shown.of(e.getProblem()));
      findings.throwErrors(e);
    } catch (YamlEngineException e) {
      findings.error(1, "", "Cannot read YAML: " + Shown.of(e.getMessage()));
      findings.throwErrors(e);
    }
    throw new IllegalStateException("Cannot be reached: errors were thrown");
  }
}
