package org.proxyless.devices.lite.file;

import org.proxyless.devices.lite.graph.FeatureMap;

/** How the numbers of a network stand in a TensorFlow Lite file: one for each precision. */
public interface Encoding {
  /** Adds the tensor of the images, which are unsigned bytes. */
  int bytes(ModelFile file, FeatureMap map);

  /**
   * Adds the tensor of a feature map that is computed.
   *
   * @param number of the feature map in the graph
   * @return its index
   */
  int featureMap(ModelFile file, int number, FeatureMap map);

  /**
   * Adds weights and bias, with what makes them ready to be used.
   *
   * @param input number of the feature map that they are multiplied with
   * @return the indices of weights and bias
   */
  int[] constants(ModelFile file, String name, int input, LiteWeights weights, float[] bias);

  /** Adds a single number as a constant. */
  int scalar(ModelFile file, String name, float value);

  /** Adds what turns unsigned bytes into a feature map. */
  void fromBytes(ModelFile file, int bytes, int output);

  /**
   * Adds what turns a feature map into float32, if anything is needed.
   *
   * @param tensor its index in the file
   * @return the index of the tensor of floats
   */
  int toFloats(ModelFile file, int tensor, FeatureMap map);

  /** The version of an operator on feature maps of this encoding. */
  int version(int builtin);
}
