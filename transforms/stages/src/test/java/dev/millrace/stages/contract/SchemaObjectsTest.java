package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.FLIGHTS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.stages.contract.odcs.ContractException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SchemaObjectsTest {
  private static final String TWO =
      FLIGHTS
          + FLIGHTS
              .substring(FLIGHTS.indexOf("  - name: flights"))
              .replace("name: flights", "name: arrivals")
              .replace("name: delay", "name: minutes");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("two.odcs.yaml"), TWO);
  }

  @Test
  void readsTheOneThatIsNamed() {
    Contract arrivals = Contract.read(file, "arrivals");
    assertThat(arrivals.schema().name(), is("arrivals"));
    assertThat(arrivals.schema().field(1).name(), is("minutes"));
    assertThat(Contract.read(file, "flights").schema().field(1).name(), is("delay"));
  }

  @Test
  void namesThemWhereNoneIsChosen() {
    assertThat(
        message(() -> Contract.read(file)),
        is(
            file
                + ":7: Cannot choose from 2 schema objects: name one of flights or arrivals"
                + " (at schema)"));
  }

  @Test
  void suggestsTheNameThatWasMeant() {
    assertThat(
        message(() -> Contract.read(file, "flight")),
        is(file + ":7: Unknown schema object: flight (did you mean flights?) (at schema)"));
  }

  @Test
  void refusesANameThatTwoHave() throws IOException {
    Files.writeString(file, TWO.replace("arrivals", "flights"));
    assertThat(
        message(() -> Contract.read(file, "flights")),
        is(file + ":7: Repeated schema object: flights (at schema)"));
  }

  private static String message(Executable read) {
    return assertThrows(ContractException.class, read).getMessage();
  }
}
