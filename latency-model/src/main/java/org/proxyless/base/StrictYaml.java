package org.proxyless.base;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * YAML bound to records, with nothing guessed: unknown, missing and repeated keys are refused, and
 * so are values of another type. Errors are one line with the source and, where known, the line.
 */
public final class StrictYaml {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .build())
          .addModule(new PathsAsText())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private static final String MISSING = "Missing required creator property";

  private StrictYaml() {}

  /**
   * Reads one document.
   *
   * @param source what errors call it: a path or name
   * @throws InvalidInputException if it is no YAML or does not describe a {@code type}
   */
  public static <T> T read(String source, byte[] content, Class<T> type) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw new InvalidInputException(source + " is empty.");
    }
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(source + line(e) + ": " + reason(e), e);
    }
  }

  /** The document that {@link #read} turns back into an equal value. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value.getClass() + " as YAML", e);
    }
  }

  /** The same content as a tree, whatever the form. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  private static String line(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null || location.getLineNr() < 1 ? "" : ", line " + location.getLineNr();
  }

  private static String reason(JsonProcessingException e) {
    if (e.getOriginalMessage().startsWith(MISSING)) {
      return key(e).replace(": ", " is missing.");
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream()
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining(", "));
      return "unknown key '" + unknown.getPropertyName() + "'; the keys are " + known + ".";
    }
    Throwable cause = e.getCause();
    if (cause instanceof InvalidInputException || cause instanceof IllegalArgumentException) {
      return String.valueOf(cause.getMessage());
    }
    return key(e) + firstLine(e.getOriginalMessage());
  }

  private static String key(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String name = mapping.getPath().get(mapping.getPath().size() - 1).getFieldName();
      return name == null ? "" : "key '" + name + "': ";
    }
    return "";
  }

  private static String firstLine(String message) {
    return message.lines().map(String::strip).collect(Collectors.joining(" "));
  }
}
