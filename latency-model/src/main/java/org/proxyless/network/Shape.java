package org.proxyless.network;

/**
 * The shape of one image's feature map, batch left out.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels at least 1
 */
public record Shape(int height, int width, int channels) {
  public Shape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "shape " + height + "x" + width + "x" + channels + ": every extent must be at least 1");
    }
  }

  /** The shape after a window of this stride under SAME padding: ⌈extent / stride⌉. */
  public Shape strided(int stride, int outputChannels) {
    return new Shape(ceilDiv(height, stride), ceilDiv(width, stride), outputChannels);
  }

  private static int ceilDiv(int extent, int stride) {
    return (extent + stride - 1) / stride;
  }

  /** height · width. */
  public long pixels() {
    return (long) height * width;
  }

  /** height · width · channels. */
  public long elements() {
    return pixels() * channels;
  }

  @Override
  public String toString() {
    return height + "x" + width + "x" + channels;
  }
}
