package dev.millrace.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Small files of JSON, which others see whole or not at all. */
public final class JsonFiles {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .defaultPrettyPrinter(JsonLayout.printer())
          .build();

  private JsonFiles() {}

  /** Reads a file; one that is no such JSON is named by the exception. */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (JsonProcessingException e) {
      throw new IOException("%s: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /** Writes a file under a hidden name, and renames it. */
  public static void write(Path file, Object value) throws IOException {
    Path hidden = file.resolveSibling("." + file.getFileName());
    Folders.writeText(
        hidden, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
    Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
