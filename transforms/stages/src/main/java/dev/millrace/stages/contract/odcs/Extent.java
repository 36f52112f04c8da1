package dev.millrace.stages.contract.odcs;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * How large a document is with its aliases written out: a few lines can stand for more than there
 * is memory for, or for no end at all.
 */
final class Extent {
  private static final long MOST_VALUES = 2_000_000;
  private static final Size UNKNOWN = new Size(0, 0);

  private record Size(long values, int levels) {}

  private final IdentityHashMap<Node, Size> sizes = new IdentityHashMap<>();

  private Extent() {}

  /**
   * Checks the extent of a document.
   *
   * @throws ComposerException if it is too large to be walked through
   */
  static void check(Node root) {
    new Extent().measure(root);
  }

  private Size measure(Node node) {
    Size known = sizes.putIfAbsent(node, UNKNOWN);
    if (UNKNOWN.equals(known)) {
      throw new ComposerException("an alias stands for what it is in", node.getStartMark());
    }
    if (known != null) {
      return known;
    }
    long values = 1;
    int levels = 0;
    for (Node child : children(node)) {
      Size size = measure(child);
      values += size.values;
      levels = Math.max(levels, size.levels);
    }
    if (values > MOST_VALUES || levels >= NestingLimit.MOST_LEVELS) {
      throw new ComposerException("its aliases stand for too much", node.getStartMark());
    }
    Size size = new Size(values, levels + 1);
    sizes.put(node, size);
    return size;
  }

  private static List<? extends Node> children(Node node) {
    if (node instanceof SequenceNode list) {
      return list.getValue();
    }
    return node instanceof MappingNode object
        ? object.getValue().stream()
            .flatMap(entry -> Stream.of(entry.getKeyNode(), entry.getValueNode()))
            .toList()
        : List.of();
  }
}
