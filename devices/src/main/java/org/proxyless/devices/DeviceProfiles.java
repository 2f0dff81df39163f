package org.proxyless.devices;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.proxyless.latency.InvalidInputException;

/** Reads device profiles: the ones that ship, by name, and a user's own, by file. */
public final class DeviceProfiles {
  private static final List<String> SHIPPED =
      List.of("local-cpu", "local-cpu-2threads", "local-gpu");
  private static final List<String> KEYS =
      List.of("name", "kind", "runtime", "threads", "batch", "precision");
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private DeviceProfiles() {}

  /** The names of the profiles that ship. */
  public static List<String> names() {
    return SHIPPED;
  }

  /**
   * A profile that ships, or one in a YAML file.
   *
   * @param fileOrName one of {@link #names()}, or the path of a file
   * @throws InvalidInputException if there is neither, or the file breaks a rule
   */
  public static DeviceProfile load(String fileOrName) {
    if (SHIPPED.contains(fileOrName)) {
      String resource = "/profiles/" + fileOrName + ".yaml";
      try (InputStream stream = DeviceProfiles.class.getResourceAsStream(resource)) {
        return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8), fileOrName);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + resource, e);
      }
    }
    Path file = Path.of(fileOrName);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "device '"
              + fileOrName
              + "' is neither a file nor a profile that ships; those are "
              + String.join(", ", SHIPPED)
              + ".");
    }
    try {
      return parse(Files.readString(file), fileOrName);
    } catch (IOException e) {
      throw new InvalidInputException("device profile " + file + " cannot be read: " + e + ".", e);
    }
  }

  private static DeviceProfile parse(String text, String source) {
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "device profile "
              + source
              + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr())
              + ": "
              + e.getOriginalMessage().lines().findFirst().orElse("not YAML")
              + ". Correct the YAML.",
          e);
    }
    return new Reader(source, root).profile();
  }

  /** One profile's keys, with the name of the file for messages. */
  private record Reader(String source, JsonNode root) {
    DeviceProfile profile() {
      if (!root.isObject()) {
        throw new InvalidInputException(
            "device profile " + source + " must have the keys " + String.join(", ", KEYS) + ".");
      }
      for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
        String key = names.next();
        if (!KEYS.contains(key)) {
          throw wrong("unknown key '" + key + "'; the keys are " + String.join(", ", KEYS) + ".");
        }
      }
      return new DeviceProfile(
          name(),
          choice("kind", DeviceProfile.Kind.class),
          choice("runtime", DeviceProfile.Runtime.class),
          count("threads", 1024),
          count("batch", 65_536),
          choice("precision", DeviceProfile.Precision.class));
    }

    private JsonNode value(String key) {
      JsonNode value = root.get(key);
      if (value == null || value.isNull()) {
        throw wrong("key '" + key + "' is missing.");
      }
      return value;
    }

    private String name() {
      JsonNode value = value("name");
      if (!value.isTextual() || value.textValue().isBlank()) {
        throw wrong("name is " + value + "; it must be a word.");
      }
      return value.textValue();
    }

    private int count(String key, int most) {
      JsonNode value = value(key);
      if (!value.isInt() || value.intValue() < 1 || value.intValue() > most) {
        throw wrong(key + " is " + value + "; it must be a whole number from 1 to " + most + ".");
      }
      return value.intValue();
    }

    private <E extends Enum<E>> E choice(String key, Class<E> type) {
      JsonNode value = value(key);
      List<String> allowed = new ArrayList<>();
      for (E constant : type.getEnumConstants()) {
        String text = constant.name().toLowerCase(Locale.ROOT);
        if (text.equals(value.asText())) {
          return constant;
        }
        allowed.add(text);
      }
      throw wrong(key + " is " + value + "; it must be one of " + String.join(", ", allowed) + ".");
    }

    private InvalidInputException wrong(String what) {
      return new InvalidInputException("device profile " + source + ": " + what);
    }
  }
}
