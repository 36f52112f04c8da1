package dev.millrace.benchmarks.peer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import dev.millrace.benchmarks.plain.Event;
import dev.millrace.record.RecordSchema;
import dev.millrace.stages.contract.Contract;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The native job and the contract know the same fields. */
final class EventRulesTest {
  private final Contract contract = Contract.read(Path.of("events.odcs.yaml"));

  @Test
  void knowsTheFieldsOfTheContract() {
    ObjectMapper json = new ObjectMapper();
    BeanDescription event =
        json.getDeserializationConfig().introspect(json.constructType(Event.class));
    List<String> fields =
        event.findProperties().stream().map(BeanPropertyDefinition::getName).toList();
    assertThat(fields, equalTo(fields(contract.schema())));
  }

  @Test
  void leavesNothingOfTheContractUnchecked() {
    assertThat(contract.unchecked(), is(empty()));
  }

  private static List<String> fields(RecordSchema schema) {
    return IntStream.range(0, schema.size()).mapToObj(i -> schema.field(i).name()).toList();
  }
}
