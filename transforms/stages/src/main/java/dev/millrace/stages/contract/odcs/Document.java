package dev.millrace.stages.contract.odcs;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2 to a tree of elements. */
public final class Document {
  /** What the YAML parser reads at most, too. */
  private static final long MOST_BYTES = 3L << 20;

  private Document() {}

  /**
   * The text of a file.
   *
   * @throws ContractException if it can't be read
   */
  public static String text(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ContractException(
            List.of("Cannot read contract %s: it is larger than 3 MiB".formatted(file)), null);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new ContractException(
          List.of("Cannot read contract %s: %s".formatted(file, reason(file, e))), e);
    }
  }

  private static String reason(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    return Files.isDirectory(file) ? "it is a folder" : e.getMessage();
  }

  /**
   * The root of a document.
   *
   * @throws ContractException if the text isn't one YAML document
   */
  public static Element read(String yaml, Findings findings) {
    if (yaml.length() > MOST_BYTES) {
      throw findings.fatal(1, "Cannot read contract: it is larger than 3 MiB", null);
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(Integer.MAX_VALUE) // what they stand for is limited
            .build();
    try {
      Parser parser = new NestingLimit(new ParserImpl(settings, new StreamReader(settings, yaml)));
      Node root =
          new Composer(settings, parser)
              .getSingleNode()
              .orElseThrow(
                  () -> findings.fatal(1, "Cannot read contract: the file is empty", null));
      Extent.check(root);
      return Element.root(root, findings);
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
