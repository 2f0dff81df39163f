package org.proxyless.devices.lite.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as bytes in the order of the file formats. */
public final class LittleEndian {
  private LittleEndian() {}

  public static byte[] floats(float... values) {
    ByteBuffer bytes = buffer(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  public static byte[] ints(int... values) {
    ByteBuffer bytes = buffer(Integer.BYTES * values.length);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }

  public static byte[] shorts(short... values) {
    ByteBuffer bytes = buffer(Short.BYTES * values.length);
    bytes.asShortBuffer().put(values);
    return bytes.array();
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
