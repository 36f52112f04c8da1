package dev.millrace.stages.contract.odcs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A part of a contract file, which knows its place and reports what is wrong with it.
 *
 * <p>The values are empty where the YAML has something else, without a report: that is for {@link
 * Shape} to make.
 */
public final class Element {
  private final Node node;
  private final int line;
  private final String path;
  private final String name;
  private final Findings findings;

  private Element(Node node, int line, String path, String name, Findings findings) {
    this.node = node;
    this.line = line;
    this.path = path;
    this.name = name;
    this.findings = findings;
  }

  static Element root(Node node, Findings findings) {
    return new Element(node, line(node), "", "contract", findings);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** The same element by another name in its messages. */
  public Element named(String other) {
    return new Element(node, line, path, other, findings);
  }

  /** The place of the element in the document: {@code schema[0].properties[2]}. */
  public String path() {
    return path;
  }

  /** The name of the element in messages. */
  public String name() {
    return name;
  }

  /** Reports that it breaks the standard, or says what can't be meant. */
  public void error(String message) {
    findings.add(Finding.Kind.ERROR, line, path, message);
  }

  /** Reports what only keeps a run from using the contract. */
  public void unusable(String message) {
    findings.add(Finding.Kind.UNUSABLE, line, path, message);
  }

  /** Lists what the contract asks for and isn't checked. */
  public void unchecked(String message) {
    findings.add(Finding.Kind.UNCHECKED, line, path, "Not checked: " + message);
  }

  /** Lists a rule that isn't executed. */
  public void unexecuted(String message) {
    findings.add(Finding.Kind.UNCHECKED, line, path, "Not executed: " + message);
  }

  /** Notes what looks wrong but needn't be. */
  void note(String message) {
    findings.add(Finding.Kind.NOTE, line, path, message);
  }

  /** Reports that the value isn't what was expected. */
  public void invalid(String expected) {
    error("Invalid %s: %s (expected %s)".formatted(name, shown(), expected));
  }

  /** Whether the element has neither a text, nor a number, nor anything else. */
  public boolean isNothing() {
    return node.getTag().equals(Tag.NULL);
  }

  /** Whether it is a mapping. */
  public boolean isObject() {
    return node instanceof MappingNode;
  }

  /** Whether it is a sequence. */
  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Its text, if it is a string. */
  public Optional<String> text() {
    return scalar(Tag.STR);
  }

  /** Its truth value, if it is one. */
  public Optional<Boolean> flag() {
    return scalar(Tag.BOOL).map(Boolean::parseBoolean);
  }

  /** A number, unless it has so many digits that no one could compute with it. */
  public Optional<BigDecimal> number() {
    return scalar(Tag.INT).or(() -> scalar(Tag.FLOAT)).flatMap(Numerals::read);
  }

  /** A whole number, or the int that is nearest to it. */
  public Optional<Integer> integer() {
    return number()
        .filter(n -> n.remainder(BigDecimal.ONE).signum() == 0)
        .map(n -> n.min(BigDecimal.valueOf(Integer.MAX_VALUE)))
        .map(n -> n.max(BigDecimal.valueOf(Integer.MIN_VALUE)))
        .map(BigDecimal::intValueExact);
  }

  private Optional<String> scalar(Tag tag) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(tag)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** The value of a key. */
  public Optional<Element> at(String key) {
    return Optional.ofNullable(entries().get(key));
  }

  /** The text of a key. */
  public Optional<String> text(String key) {
    return at(key).flatMap(Element::text);
  }

  /** Whether a key is there and true. */
  public boolean isTrue(String key) {
    return at(key).flatMap(Element::flag).orElse(false);
  }

  /** The elements of the list at a key. */
  public List<Element> items(String key) {
    return at(key).map(Element::items).orElse(List.of());
  }

  /** The elements of a list. */
  public List<Element> items() {
    List<Element> items = new ArrayList<>();
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        String index = "[" + items.size() + "]";
        items.add(new Element(item, line(item), path + index, name + index, findings));
      }
    }
    return items;
  }

  /** The keys of an object and their values, in the order of the file. */
  public Map<String, Element> entries() {
    Map<String, Element> entries = new LinkedHashMap<>();
    if (node instanceof MappingNode object) {
      for (NodeTuple entry : object.getValue()) {
        Element value = entry(entry);
        entries.putIfAbsent(value.name, value);
      }
    }
    return entries;
  }

  /** Reports the keys that an object has twice. */
  void checkKeysAreUnique() {
    if (node instanceof MappingNode object && object.getValue().size() > entries().size()) {
      Set<String> seen = new HashSet<>();
      for (NodeTuple entry : object.getValue()) {
        Element value = entry(entry);
        if (!seen.add(value.name)) {
          value.error("Repeated key: %s".formatted(value.name));
        }
      }
    }
  }

  private Element entry(NodeTuple entry) {
    Node key = entry.getKeyNode();
    String text = key instanceof ScalarNode scalar ? Shown.of(scalar.getValue()) : "?";
    String place = path.isEmpty() ? text : path + "." + text;
    return new Element(entry.getValueNode(), line(key), place, text, findings);
  }

  /** The value as a message shows it. */
  public String shown() {
    if (isNothing()) {
      return "nothing";
    }
    return node instanceof ScalarNode scalar
        ? Shown.of(scalar.getValue())
        : isList() ? "a list" : "an object";
  }
}
