package org.proxyless.devices.lite.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A file behind another, as a ZIP archive that stores it as it is: how TensorFlow Lite files carry
 * their labels. Readers of such archives look from the end, and count from the start of the whole,
 * which {@link java.util.zip.ZipOutputStream} does not.
 *
 * @param name of the file
 * @param content of the file
 */
public record StoredFile(String name, byte[] content) {
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int LOCAL_HEADER_BYTES = 30;
  private static final int CENTRAL_HEADER = 0x02014b50;
  private static final int CENTRAL_HEADER_BYTES = 46;
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;

  private static final short VERSION = 20;
  private static final short UTF_8_NAME = 1 << 11;
  private static final short STORED = 0;

  /** 1 January 1980, 0:00: the same bytes at any time. */
  private static final int TIME_AND_DATE = 0x21 << 16;

  /** Puts the file behind other content. */
  public byte[] behind(byte[] other) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    int localBytes = LOCAL_HEADER_BYTES + nameBytes.length + content.length;
    int centralBytes = CENTRAL_HEADER_BYTES + nameBytes.length;
    ByteBuffer all =
        ByteBuffer.allocate(other.length + localBytes + centralBytes + END_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(other);
    all.putInt(LOCAL_HEADER);
    putEntry(all, nameBytes.length);
    all.put(nameBytes).put(content);

    all.putInt(CENTRAL_HEADER).putShort(VERSION);
    putEntry(all, nameBytes.length);
    all.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0); // no comment, plain
    all.putInt(other.length).put(nameBytes);

    all.putInt(END).putInt(0); // of one volume
    all.putShort((short) 1).putShort((short) 1);
    all.putInt(centralBytes).putInt(other.length + localBytes).putShort((short) 0);
    return all.array();
  }

  /** What both headers say. */
  private void putEntry(ByteBuffer all, int nameLength) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    all.putShort(VERSION).putShort(UTF_8_NAME).putShort(STORED).putInt(TIME_AND_DATE);
    all.putInt((int) checksum.getValue()).putInt(content.length).putInt(content.length);
    all.putShort((short) nameLength).putShort((short) 0);
  }
}
