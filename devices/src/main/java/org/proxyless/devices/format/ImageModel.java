package org.proxyless.devices.format;

import java.util.List;
import org.proxyless.network.Shape;

/** An exported network, loaded from its file and ready to classify images, whatever the format. */
public interface ImageModel extends AutoCloseable {
  /** The shape of one image. */
  Shape imageShape();

  /** The classes' names in the order of the outputs. */
  List<String> classNames();

  /**
   * The probability of each class for each image.
   *
   * @param pixels [count, height, width, channels], row-major, as unsigned bytes
   * @return [count][class]
   */
  float[][] probabilities(byte[] pixels, int count);

  @Override
  void close();
}
