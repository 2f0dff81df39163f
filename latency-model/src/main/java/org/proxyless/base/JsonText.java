package org.proxyless.base;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON document that still knows its lines. Keys that are there twice are refused.
 *
 * @param root the document
 * @param lines the line of each value, by its JSON pointer; the root's is ""
 */
public record JsonText(JsonNode root, Map<String, Integer> lines) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What is not JSON, and where. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;
    private final int line;

    private MalformedException(JsonProcessingException cause) {
      super(reason(cause), cause);
      JsonLocation location = cause.getLocation();
      line = location == null ? 1 : Math.max(1, location.getLineNr());
    }

    /** Without Jackson's remark that it doesn't show the source. */
    private static String reason(JsonProcessingException cause) {
      return cause
          .getOriginalMessage()
          .lines()
          .findFirst()
          .orElse("not JSON")
          .replaceFirst(" \\(for [^()]*\\[Source: .*?]\\)", "");
    }

    public int line() {
      return line;
    }
  }

  public static JsonText parse(byte[] content) throws MalformedException {
    try {
      JsonNode root = JSON.readTree(content);
      Map<String, Integer> lines = new HashMap<>();
      try (JsonParser parser = JSON.createParser(content)) {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
          // An end has its beginning's pointer, and comes later.
          lines.putIfAbsent(
              parser.getParsingContext().pathAsPointer().toString(),
              parser.currentTokenLocation().getLineNr());
        }
      }
      lines.putIfAbsent("", 1); // an empty document has no token
      return new JsonText(root, lines);
    } catch (JsonProcessingException e) {
      throw new MalformedException(e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /** The line of the value that a path of keys and indices leads to. */
  public int line(List<?> path) {
    JsonPointer pointer = JsonPointer.empty();
    for (Object step : path) {
      pointer =
          step instanceof Integer index
              ? pointer.appendIndex(index)
              : pointer.appendProperty(step.toString());
    }
    return Objects.requireNonNull(lines.get(pointer.toString()), "no value at this path");
  }
}
