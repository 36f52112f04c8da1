package dev.millrace.stages.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The standard's own files, where the folder {@code shared} beside the repository has them. */
final class OdcsStandard {
  private final Path folder;
  private final Schema schema;

  private OdcsStandard(Path folder, Schema schema) {
    this.folder = folder;
    this.schema = schema;
  }

  /** The standard; where it isn't, the test is skipped. */
  static OdcsStandard find() {
    Optional<Path> folder =
        Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
            .map(path -> path.resolve("shared/spec/odcs"))
            .filter(Files::isDirectory)
            .findFirst();
    assumeTrue(folder.isPresent(), "the folder shared is not there");
    String json = read(folder.get().resolve("odcs-json-schema-v3.1.0.json"));
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
            .getSchema(json, InputFormat.JSON);
    return new OdcsStandard(folder.get(), schema);
  }

  /** The examples, in the order of their names. */
  List<Path> examples() {
    try (Stream<Path> files = Files.list(folder.resolve("examples"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String example(String name) {
    return read(folder.resolve("examples").resolve(name + ".odcs.yaml"));
  }

  /** What the JSON Schema says of a document. */
  List<String> errors(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    try {
      String json = new ObjectMapper().writeValueAsString(new Load(settings).loadFromString(yaml));
      return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
