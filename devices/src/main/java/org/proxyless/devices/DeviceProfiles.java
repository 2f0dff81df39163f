package org.proxyless.devices;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.base.InvalidInputException;

/** Reads device profiles: the ones that ship, by name, and a user's own, by file. */
public final class DeviceProfiles {
  private static final List<String> SHIPPED =
      List.of(
          "local-cpu",
          "local-cpu-2threads",
          "local-gpu",
          "local-tflite",
          "local-tflite-int8",
          "pixel1");
  private static final String TABLE = "table";
  private static final String AGENT = "agent";
  private static final String TOKEN = "token";
  private static final String PIN = "pin";
  private static final List<String> KEYS =
      List.of("name", "kind", "runtime", "threads", "batch", "precision", TABLE, AGENT, TOKEN, PIN);
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[\\w.-]+):(\\d{1,5})");
  private static final Pattern SHA256 = Pattern.compile("sha256:([0-9a-f]{64})");

  /** The setting that says which folder a profile's relative paths start from. */
  public static final String FOLDER = "folder";

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
    return reader(fileOrName).profile();
  }

  /**
   * Where the latency table of a remote device is: beside its profile, under the profile's key
   * {@code table}.
   *
   * @param fileOrName as for {@link #load}
   * @throws InvalidInputException as {@link #load}
   * @throws IllegalArgumentException if the device is not remote
   */
  public static URI table(String fileOrName) {
    Reader reader = reader(fileOrName);
    if (!reader.profile().isRemote()) {
      throw new IllegalArgumentException("device " + fileOrName + " is here: measure its table");
    }
    return reader.table();
  }

  private static Reader reader(String fileOrName) {
    if (SHIPPED.contains(fileOrName)) {
      URL resource = DeviceProfiles.class.getResource("/profiles/" + fileOrName + ".yaml");
      try (InputStream stream = resource.openStream()) {
        String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        return parse(text, fileOrName, URI.create(resource.toString()));
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
      return parse(Files.readString(file), fileOrName, file.toUri());
    } catch (IOException e) {
      throw new InvalidInputException("device profile " + file + " cannot be read: " + e + ".", e);
    }
  }

  private static Reader parse(String text, String source, URI place) {
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
    return new Reader(source, place, root);
  }

  /** One profile's keys, with the name of the file for messages. */
  private record Reader(String source, URI place, JsonNode root) {
    DeviceProfile profile() {
      if (!root.isObject()) {
        throw new InvalidInputException(
            "device profile " + source + " must have the keys " + String.join(", ", KEYS) + ".");
      }
      requireKnownKeys(Arrays.asList(DeviceProfile.Runtime.values()));
      DeviceProfile.Runtime runtime = choice("runtime", DeviceProfile.Runtime.class);
      requireKnownKeys(List.of(runtime));
      String ofRuntime = settingsKey(runtime);
      DeviceProfile profile =
          new DeviceProfile(
              text("name", "a word"),
              choice("kind", DeviceProfile.Kind.class),
              runtime,
              count("threads", 1024),
              count("batch", 65_536),
              choice("precision", DeviceProfile.Precision.class),
              runtime.hasSettings() ? settings(ofRuntime) : Map.of(),
              agent());
      if (profile.isRemote() && profile.agent().isPresent()) {
        throw wrong(
            "kind is \"remote\", which is for devices that nobody can reach; with the key 'agent' it"
                + " must be cpu or gpu.");
      }
      if (runtime.hasSettings() && profile.agent().isPresent()) {
        throw wrong(
            "runtime is \""
                + ofRuntime
                + "\"; with the key 'agent' it must be tensorflow or tflite.");
      }
      if (profile.isRemote() != root.has(TABLE)) {
        throw wrong("key 'table' must name the latency table of a remote device, and of no other.");
      }
      boolean tensorFlow = profile.runtime() == DeviceProfile.Runtime.TENSORFLOW;
      if (tensorFlow && profile.precision() != DeviceProfile.Precision.FLOAT32) {
        throw wrong(
            "precision is " + root.get("precision") + "; with TensorFlow it must be float32.");
      }
      return profile;
    }

    /** Besides the keys of all profiles only those of runtimes that have settings. */
    private void requireKnownKeys(List<DeviceProfile.Runtime> runtimes) {
      List<String> settings =
          runtimes.stream()
              .filter(DeviceProfile.Runtime::hasSettings)
              .map(Reader::settingsKey)
              .toList();
      for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
        String key = names.next();
        if (!KEYS.contains(key) && !settings.contains(key)) {
          throw wrong("unknown key '" + key + "'; the keys are " + String.join(", ", KEYS) + ".");
        }
      }
    }

    private static String settingsKey(DeviceProfile.Runtime runtime) {
      return runtime.name().toLowerCase(Locale.ROOT);
    }

    /** What stands under the key that is called like the runtime: words and numbers. */
    private Map<String, String> settings(String ofRuntime) {
      JsonNode node = value(ofRuntime);
      if (!node.isObject()) {
        throw wrong(ofRuntime + " is " + node + "; it must be a list of keys and values.");
      }
      Map<String, String> settings = new TreeMap<>();
      node.fields()
          .forEachRemaining(
              entry -> {
                if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                  throw wrong(
                      ofRuntime
                          + "."
                          + entry.getKey()
                          + " is "
                          + entry.getValue()
                          + "; it must be a word or a number.");
                }
                settings.put(entry.getKey(), entry.getValue().asText());
              });
      if (place.getScheme().equals("file")) {
        settings.put(FOLDER, Path.of(place).toAbsolutePath().resolveSibling("").toString());
      }
      return settings;
    }

    private Optional<AgentAddress> agent() {
      if (!root.has(AGENT)) {
        for (String key : List.of(TOKEN, PIN)) {
          if (root.has(key)) {
            throw wrong("key '" + key + "' is only for a device with the key 'agent'.");
          }
        }
        return Optional.empty();
      }
      String rule = "host:port, like localhost:7890";
      Matcher address = HOST_AND_PORT.matcher(text(AGENT, rule));
      int port = address.matches() ? Integer.parseInt(address.group(2)) : 0;
      if (port < 1 || port > 65_535) {
        throw wrong(AGENT + " is " + root.get(AGENT) + "; it must be " + rule + ".");
      }
      return Optional.of(
          new AgentAddress(
              address.group(1).replaceAll("[\\[\\]]", ""),
              port,
              Path.of(source).resolveSibling(text(TOKEN, "the file with the agent's token")),
              pin()));
    }

    private Optional<String> pin() {
      if (!root.has(PIN)) {
        return Optional.empty();
      }
      String rule = "what the agent says at its start, sha256: and 64 hexadecimal digits";
      Matcher pin = SHA256.matcher(text(PIN, rule));
      if (!pin.matches()) {
        throw wrong(PIN + " is " + root.get(PIN) + "; it must be " + rule + ".");
      }
      return Optional.of(pin.group(1));
    }

    /** The table's place: its name replaces the profile's, also inside a JAR. */
    URI table() {
      String name = text(TABLE, "a file's name");
      String folder = place.toString().replaceFirst("[^/]*$", "");
      try {
        return URI.create(folder + new URI(null, null, name, null).getRawPath());
      } catch (URISyntaxException e) {
        throw wrong("table is " + root.get(TABLE) + "; it must be a file beside the profile.");
      }
    }

    private JsonNode value(String key) {
      JsonNode value = root.get(key);
      if (value == null || value.isNull()) {
        throw wrong("key '" + key + "' is missing.");
      }
      return value;
    }

    private String text(String key, String rule) {
      JsonNode value = value(key);
      if (!value.isTextual() || value.textValue().isBlank()) {
        throw wrong(key + " is " + value + "; it must be " + rule + ".");
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
