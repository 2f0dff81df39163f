package org.proxyless.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.proxyless.latency.proto.Entry;
import org.proxyless.latency.proto.Table;

/** Reads the JSON form of a table piece by piece, so that every fault has its line. */
final class TableJson {
  private static final String ENTRIES = "entries";

  private final JsonText text;
  private final TableFaults faults;

  private TableJson(JsonText text, TableFaults faults) {
    this.text = text;
    this.faults = faults;
  }

  /** The message, as far as it could be read. */
  static Table read(byte[] content, TableFaults faults) {
    try {
      return new TableJson(JsonText.parse(content), faults).table();
    } catch (JsonText.MalformedException e) {
      faults.add(
          e.line(),
          "not a table in JSON (" + e.getMessage() + "). Mend the file or write it anew.");
      return Table.getDefaultInstance();
    }
  }

  private Table table() {
    Table.Builder table = Table.newBuilder();
    if (!text.root().isObject()) {
      faults.add(1, "not a table in JSON (it must be an object {…}). Write it anew.");
      return table.build();
    }
    for (Map.Entry<String, JsonNode> field : text.root().properties()) {
      if (field.getKey().equals(ENTRIES) && field.getValue().isArray()) {
        table.addAllEntries(entries(field.getValue()));
      } else {
        JsonNode alone =
            JsonNodeFactory.instance.objectNode().set(field.getKey(), field.getValue());
        merge(alone, List.of(field.getKey()), table);
      }
    }
    return table.build();
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
      String reason = e.getMessage().lines().findFirst().orElse("not a table");
      faults.add(text.line(path), reason + ". Mend the file or write it anew.");
      return false;
    }
  }
}
