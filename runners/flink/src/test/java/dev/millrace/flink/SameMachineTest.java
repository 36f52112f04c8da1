package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real JobManager says is tested in ci/stack. */
class SameMachineTest {
  @TempDir Path folder;
  private final ArrayNode configuration = new ObjectMapper().createArrayNode();

  @BeforeEach
  void configure() throws IOException {
    say("rest.port", "8081");
    say(SameMachine.FILE, FlinkYaml.in(folder).toString());
    say(SameMachine.START, "jobmanager-b0b");
    FlinkYaml.write(folder, Map.of(SameMachine.START, "jobmanager-b0b"));
  }

  private void say(String key, String value) {
    configuration.addObject().put("key", key).put("value", value);
  }

  @Test
  void knowsAClusterByWhatItWasConfiguredBy() throws IOException {
    assertThat(SameMachine.isSeenBy(configuration, folder), is(true));
  }

  @Test
  void takesAFileThatIsNotThereForThatOfAnotherMachine() throws IOException {
    Files.delete(FlinkYaml.in(folder));
    assertThat(SameMachine.isSeenBy(configuration, folder), is(false));
  }

  @Test
  void takesAFileOfAnotherStartForThatOfAnotherMachine() throws IOException {
    FlinkYaml.write(folder, Map.of(SameMachine.START, "jobmanager-a1a"));
    assertThat(SameMachine.isSeenBy(configuration, folder), is(false));
  }

  @Test
  void doesNotKnowAClusterThatSaysNothing() throws IOException {
    configuration.remove(2);
    assertThat(SameMachine.isSeenBy(configuration, folder), is(false));
    configuration.remove(1);
    assertThat(SameMachine.isSeenBy(configuration, folder), is(false));
  }

  @Test
  void doesNotKnowWhatDoesNotAnswerOrIsElsewhere() throws IOException {
    for (String address : List.of("127.0.0.1:1", "192.0.2.1:8081")) {
      assertThat(SameMachine.has(ClusterAddress.parse(address), folder), is(false));
    }
  }
}
