package dev.millrace.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.dev.ComponentStatus;
import dev.millrace.dev.LocalStack;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the verbs of {@code dev} print about a stack, for people or as JSON. */
final class StackLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalStack stack;

  StackLines(LocalStack stack) {
    this.stack = stack;
  }

  /** After {@code up}: everything, and where clients connect to. */
  List<String> up(List<String> started) {
    Function<ComponentStatus, String> what =
        component -> started.contains(component.name()) ? "started" : "runs already";
    List<String> lines = new ArrayList<>(table(stack.status(), what));
    lines.add(
        stack.publicPorts().entrySet().stream()
            .map(port -> "%s: 127.0.0.1:%d".formatted(port.getKey(), port.getValue()))
            .collect(Collectors.joining(", ")));
    return lines;
  }

  List<String> upJson(List<String> started) {
    ObjectNode root = root();
    started.forEach(root.putArray("started")::add);
    return json(root, stack.status());
  }

  List<String> status(List<ComponentStatus> components) {
    return components.isEmpty()
        ? List.of("No stack in %s (millrace dev up starts one)".formatted(stack.folder()))
        : table(components, component -> component.state().toString());
  }

  List<String> statusJson(List<ComponentStatus> components) {
    return json(root(), components);
  }

  List<String> down(List<String> ended) {
    return ended.isEmpty()
        ? List.of("Nothing of the stack in %s was running".formatted(stack.folder()))
        : List.of("Ended: " + String.join(", ", ended));
  }

  List<String> wiped(List<String> ended) {
    List<String> lines = new ArrayList<>(ended.isEmpty() ? List.of() : down(ended));
    lines.add("Deleted " + stack.folder());
    return lines;
  }

  List<String> downJson(List<String> ended) {
    ObjectNode root = root();
    ended.forEach(root.putArray("ended")::add);
    return List.of(root.toPrettyString());
  }

  private static List<String> table(
      List<ComponentStatus> components, Function<ComponentStatus, String> what) {
    return components.stream()
        .map(
            component ->
                "%-16s%-14s%-14s%-30s%s"
                    .formatted(
                        component.name(),
                        what.apply(component),
                        component.pid() == 0 ? "" : "pid " + component.pid(),
                        component.ports().values().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ")),
                        component.log()))
        .toList();
  }

  private ObjectNode root() {
    return JSON.createObjectNode().put("state", stack.folder().toString());
  }

  private static List<String> json(ObjectNode root, List<ComponentStatus> components) {
    ArrayNode list = root.putArray("components");
    for (ComponentStatus component : components) {
      ObjectNode node =
          list.addObject()
              .put("name", component.name())
              .put("state", component.state().toString())
              .put("pid", component.pid())
              .put("log", component.log().toString());
      component.ports().forEach(node.putObject("ports")::put);
    }
    return List.of(root.toPrettyString());
  }
}
