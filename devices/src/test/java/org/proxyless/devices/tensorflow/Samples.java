package org.proxyless.devices.tensorflow;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

/** A small network with everything in it: both strides on odd and even extents, shortcuts, Zero. */
final class Samples {
  static final DeviceProfile CPU = DeviceProfiles.load(DeviceProfile.DEFAULT);
  public static final Normalization NORMALIZATION =
      new Normalization(List.of(0.4f, 0.5f, 0.3f), List.of(0.25f, 0.2f, 0.3f));
  public static final List<String> CLASSES = List.of("T-shirt/top", "Trouser", "Sandale à bride");

  private Samples() {}

  public static Network network() {
    return new Network(
        "sample",
        List.of(
            new Operator(new Conv(3), new Shape(13, 10, 3), 8, 1, false),
            new Operator(new MBConv(5, 3), new Shape(13, 10, 8), 16, 2, false),
            new Operator(new MBConv(3, 6), new Shape(7, 5, 16), 16, 1, true),
            new Operator(new Zero(), new Shape(7, 5, 16), 16, 1, true),
            new Operator(new MBConv(7, 1), new Shape(7, 5, 16), 24, 2, false),
            new Operator(new Conv(1), new Shape(4, 3, 24), 32, 1, false),
            new Operator(new Classifier(), new Shape(4, 3, 32), 3, 1, false)));
  }

  /** Random weights of the network. */
  public static NetworkWeights weights(RandomGenerator random) {
    return shaken(NetworkWeights.initial(network(), random), random);
  }

  /** These weights with batch-norm statistics that are nothing like 0 and 1. */
  static NetworkWeights shaken(NetworkWeights weights, RandomGenerator random) {
    for (Map.Entry<NetworkWeights.Key, float[]> entry : weights.all().entrySet()) {
      float[] values = entry.getValue();
      for (int i = 0; i < values.length; i++) {
        switch (entry.getKey().part()) {
          case SCALE, VARIANCE -> values[i] = random.nextFloat(0.3f, 2);
          case SHIFT, MEAN, BIAS, SQUEEZE_BIAS, EXCITATION_BIAS ->
              values[i] = random.nextFloat(-1, 1);
          case FILTER, WEIGHTS, SQUEEZE, EXCITATION -> {}
        }
      }
    }
    return weights;
  }

  public static byte[] images(RandomGenerator random, int count) {
    byte[] pixels = new byte[(int) (count * network().input().elements())];
    random.nextBytes(pixels);
    return pixels;
  }

  /** One of these images, as numbers that the network takes. */
  static double[] normalized(byte[] pixels, int index) {
    int length = (int) network().input().elements();
    return normalized(
        Arrays.copyOfRange(pixels, index * length, (index + 1) * length), network().input());
  }

  /** An image of this shape, as numbers that a network takes. */
  static double[] normalized(byte[] pixels, Shape shape) {
    double[] image = new double[(int) shape.elements()];
    for (int i = 0; i < image.length; i++) {
      int c = i % NORMALIZATION.channels();
      int pixel = Byte.toUnsignedInt(pixels[i]);
      image[i] = (pixel / 255.0 - NORMALIZATION.mean().get(c)) / NORMALIZATION.deviation().get(c);
    }
    return image;
  }
}
