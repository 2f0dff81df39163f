package org.proxyless.latency;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.proto.Table;

/**
 * The binary file: 8 magic bytes, the length of the message in 4 bytes (big-endian), the message,
 * and the SHA-256 of all before. Protobuf alone would take a truncated file for a shorter table.
 */
final class TableFrame {
  private static final byte[] MAGIC = "PXLTABLE".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = MAGIC.length + Integer.BYTES;
  private static final int HASH_BYTES = 32;

  private TableFrame() {}

  static byte[] wrap(Table message) {
    byte[] payload = TableMessages.bytes(message);
    ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + payload.length + HASH_BYTES);
    frame.put(MAGIC).putInt(payload.length).put(payload);
    MessageDigest digest = LatencyTables.sha256();
    digest.update(frame.array(), 0, frame.position());
    return frame.put(digest.digest()).array();
  }

  /** The message; empty if the file is damaged. */
  static Optional<Table> read(byte[] content, TableFaults faults) {
    Table.Builder table = Table.newBuilder();
    return faults.check(() -> table.mergeFrom(unwrap(content)))
        ? Optional.of(table.build())
        : Optional.empty();
  }

  static Table unwrap(byte[] content) {
    int magic = Math.min(content.length, MAGIC.length);
    if (magic == 0 || !Arrays.equals(content, 0, magic, MAGIC, 0, magic)) {
      throw new InvalidInputException(
          "not a latency table (it does not begin with PXLTABLE). JSON tables end in .json.");
    }
    int payload = content.length - HEADER_BYTES - HASH_BYTES;
    if (payload < 0 || ByteBuffer.wrap(content).getInt(MAGIC.length) != payload) {
      throw damaged(content.length + " bytes is not the length its header states", null);
    }
    int hashed = HEADER_BYTES + payload;
    MessageDigest digest = LatencyTables.sha256();
    digest.update(content, 0, hashed);
    if (!MessageDigest.isEqual(
        digest.digest(), Arrays.copyOfRange(content, hashed, content.length))) {
      throw damaged("its checksum is wrong", null);
    }
    try {
      return Table.parseFrom(ByteBuffer.wrap(content, HEADER_BYTES, payload));
    } catch (InvalidProtocolBufferException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private static InvalidInputException damaged(@Nullable String how, @Nullable Exception cause) {
    return new InvalidInputException(
        "the file is damaged (" + how + "). Copy it again or measure a new table.", cause);
  }
}
