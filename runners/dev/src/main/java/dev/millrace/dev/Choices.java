package dev.millrace.dev;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a stack remembers from one start to the next.
 *
 * @param stackId its name: 16 bytes in base64url, which is how Kafka names clusters
 * @param workers how many worker processes each cluster has
 * @param slots how many subtasks of a step each worker runs
 * @param ports the numbers of its ports, by name
 */
record Choices(String stackId, int workers, int slots, SortedMap<String, Integer> ports) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ID_BYTES = 16;
  private static final int WORKERS = 1;
  private static final int SLOTS = 2;

  /** Those of a stack that nothing has been asked of. */
  static Choices initial() {
    return new Choices(newId(), WORKERS, SLOTS, new TreeMap<>());
  }

  private static String newId() {
    UUID random = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(ID_BYTES)
            .putLong(random.getMostSignificantBits())
            .putLong(random.getLeastSignificantBits())
            .array();
    bytes[0] &= 0x7f; // so that it never starts with a dash, which would make it an option
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Those of an earlier start, if there was one. */
  static Optional<Choices> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(file.toFile(), Choices.class))
          : Optional.empty();
    } catch (IOException e) {
      String reason =
          e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
      throw new StackException("Cannot read %s: %s".formatted(file, reason), e);
    }
  }

  /** In one step, so that a crash leaves the old ones or the new ones. */
  void write(Path file) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), this);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StackException("Cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  Choices withWorkers(int number) {
    return new Choices(stackId, number, slots, ports);
  }

  Choices withSlots(int number) {
    return new Choices(stackId, workers, number, ports);
  }

  Choices withPorts(SortedMap<String, Integer> chosen) {
    return new Choices(stackId, workers, slots, chosen);
  }
}
