package org.proxyless.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.proxyless.base.JsonText;
import org.proxyless.latency.proto.Entry;
import org.proxyless.latency.proto.Table;

/**
 * The JSON form of a table: a line for each field and each entry. It is read piece by piece, so
 * that every fault has its line.
 */
final class TableJson {
  private static final String ENTRIES = "entries";

  private final JsonText text;
  private final TableFaults faults;

  private TableJson(JsonText text, TableFaults faults) {
    this.text = text;
    this.faults = faults;
  }

  static byte[] write(Table message) {
    StringBuilder json = new StringBuilder("{");
    try {
      // Protobuf's own text escapes every = and >, which all keys have.
      JsonNode table =
          JsonText.parse(
                  JsonFormat.printer()
                      .sortingMapKeys()
                      .omittingInsignificantWhitespace()
                      .print(message)
                      .getBytes(StandardCharsets.UTF_8))
              .root();
      String before = "\n  ";
      for (Map.Entry<String, JsonNode> field : table.properties()) {
        json.append(before).append(TextNode.valueOf(field.getKey())).append(": ");
        json.append(field.getKey().equals(ENTRIES) ? lines(field.getValue()) : field.getValue());
        before = ",\n  ";
      }
    } catch (InvalidProtocolBufferException | JsonText.MalformedException e) {
      throw new IllegalStateException("the table has no JSON form", e);
    }
    return json.append("\n}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String lines(JsonNode entries) {
    return StreamSupport.stream(entries.spliterator(), false)
        .map(JsonNode::toString)
        .collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]"));
  }

  /** The message without entries that could not be read; empty if more than that is wrong. */
  static Optional<Table> read(byte[] content, TableFaults faults) {
    try {
      return new TableJson(JsonText.parse(content), faults).table();
    } catch (JsonText.MalformedException e) {
      faults.add(
          e.line(),
          "not a table in JSON (" + e.getMessage() + "). Mend the file or write it anew.");
      return Optional.empty();
    }
  }

  private Optional<Table> table() {
    Table.Builder table = Table.newBuilder();
    boolean whole = true;
    if (!text.root().isObject()) {
      faults.add(1, "not a table in JSON (it must be an object {…}). Write it anew.");
      return Optional.empty();
    }
    for (Map.Entry<String, JsonNode> field : text.root().properties()) {
      if (field.getKey().equals(ENTRIES) && field.getValue().isArray()) {
        table.addAllEntries(entries(field.getValue()));
      } else {
        JsonNode alone =
            JsonNodeFactory.instance.objectNode().set(field.getKey(), field.getValue());
        whole &= merge(alone, List.of(field.getKey()), table);
      }
    }
    return whole ? Optional.of(table.build()) : Optional.empty();
  }

  private List<Entry> entries(JsonNode array) {
    List<Entry> entries = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      List<?> path = List.of(ENTRIES, i);
      Entry.Builder entry = Entry.newBuilder();
      if (merge(array.get(i), path, entry)) {
        entries.add(entry.build());
        lines.add(text.line(path));
      }
    }
    faults.entriesAt(lines);
    return entries;
  }

  private boolean merge(JsonNode json, List<?> path, Message.Builder message) {
    try {
      JsonFormat.parser().merge(json.toString(), message);
      return true;
    } catch (InvalidProtocolBufferException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("not a table");
      faults.add(text.line(path), reason + ". Mend the file or write it anew.");
      return false;
    }
  }
}
