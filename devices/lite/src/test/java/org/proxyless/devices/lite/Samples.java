package org.proxyless.devices.lite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.devices.tensorflow.SavedModelWriter;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.AveragePool;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Concat;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.ConvPair;
import org.proxyless.network.operators.DilConv;
import org.proxyless.network.operators.FactorizedReduction;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.MaxPool;
import org.proxyless.network.operators.NarrowingSepConv;
import org.proxyless.network.operators.PlainConv;
import org.proxyless.network.operators.PlainReduction;
import org.proxyless.network.operators.Pointwise;
import org.proxyless.network.operators.PooledConv;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.SepConv;
import org.proxyless.network.operators.SqueezeMBConv;
import org.proxyless.network.operators.SwishConv;
import org.proxyless.network.operators.SwishMBConv;
import org.proxyless.network.operators.SwishPooledConv;
import org.proxyless.network.operators.SwishSqueezeMBConv;
import org.proxyless.network.operators.ValidConv;
import org.proxyless.network.operators.Zero;

/** A small network with everything in it: both strides on odd and even extents, shortcuts, Zero. */
public final class Samples {
  public static final Normalization NORMALIZATION =
      new Normalization(List.of(0.4f, 0.5f, 0.3f), List.of(0.25f, 0.2f, 0.3f));
  public static final List<String> CLASSES = List.of("T-shirt/top", "Trouser", "Sandale à bride");

  private Samples() {}

  public static Network network() {
    return network(new Operator(new Zero(), new Shape(7, 5, 16), 16, 1, true));
  }

  /** The network with a Zero in the middle that lets nothing through. */
  public static Network severed() {
    return network(new Operator(new Zero(), new Shape(7, 5, 16), 16, 1, false));
  }

  /** Two branches and a third, of which one is the stem itself, joined by this operator. */
  public static Network diamond(OperatorType join) {
    Shape map = new Shape(13, 10, 8);
    int channels = join instanceof Concat ? 24 : 8;
    return new Network(
        "diamond",
        List.of(
            new Operator(new Conv(3), new Shape(13, 10, 3), 8, 1, false),
            new Operator(new MBConv(3, 2), map, 8, 1, true),
            new Operator(new MBConv(5, 1), map, 8, 1, false),
            new Operator(join, map, channels, 1, false),
            new Operator(new Classifier(), new Shape(13, 10, channels), 3, 1, false)),
        List.of(List.of(Network.IMAGE), List.of(0), List.of(0), List.of(1, 2, 0), List.of(3)));
  }

  /** The operators of cells with both strides, on odd and even extents, joined in both ways. */
  public static Network cells() {
    Shape map = new Shape(13, 10, 8);
    Shape half = new Shape(7, 5, 8);
    List<Operator> operators =
        List.of(
            new Operator(new PlainConv(3), new Shape(13, 10, 3), 8, 1, false),
            new Operator(new SepConv(3), map, 8, 1, false),
            new Operator(new DilConv(5), map, 8, 1, false),
            new Operator(new MaxPool(3), map, 8, 1, false),
            new Operator(new Add(3), map, 8, 1, false),
            new Operator(new AveragePool(3), map, 8, 2, false),
            new Operator(new DilConv(3), map, 8, 2, false),
            new Operator(new FactorizedReduction(), map, 8, 2, false),
            new Operator(new MaxPool(3), map, 8, 2, false),
            new Operator(new Concat(4), half, 32, 1, false),
            new Operator(new PreConv(1), new Shape(7, 5, 32), 6, 1, false),
            new Operator(new Classifier(), new Shape(7, 5, 6), 3, 1, false));
    return new Network(
        "cells",
        operators,
        List.of(
            List.of(Network.IMAGE),
            List.of(0),
            List.of(0),
            List.of(0),
            List.of(1, 2, 3),
            List.of(4),
            List.of(4),
            List.of(4),
            List.of(0),
            List.of(5, 6, 7, 8),
            List.of(9),
            List.of(10)));
  }

  /** The operators of MobileNetV3 with both strides, on odd and even extents. */
  public static Network mobile() {
    Shape map = new Shape(13, 10, 8);
    Shape half = new Shape(7, 5, 16);
    return new Network(
        "mobile",
        List.of(
            new Operator(new SwishConv(3), new Shape(13, 10, 3), 8, 1, false),
            new Operator(new SqueezeMBConv(3, 1), map, 8, 1, true),
            new Operator(new SqueezeMBConv(5, 4), map, 16, 2, false),
            new Operator(new SwishMBConv(3, 3), half, 16, 1, true),
            new Operator(new SwishSqueezeMBConv(5, 3), half, 24, 2, false),
            new Operator(new SwishConv(1), new Shape(4, 3, 24), 32, 1, false),
            new Operator(new SwishPooledConv(), new Shape(4, 3, 32), 40, 1, false),
            new Operator(new Classifier(), new Shape(1, 1, 40), 3, 1, false)));
  }

  /** The same with what XNNPACK takes as int8. */
  public static Network mobileRelu() {
    Shape half = new Shape(7, 5, 16);
    return new Network(
        "mobile-relu",
        List.of(
            new Operator(new Conv(3), new Shape(13, 10, 3), 8, 2, false),
            new Operator(new MBConv(3, 4), new Shape(7, 5, 8), 16, 1, false),
            new Operator(new MBConv(5, 3), half, 16, 1, true),
            new Operator(new PooledConv(), half, 24, 1, false),
            new Operator(new Classifier(), new Shape(1, 1, 24), 3, 1, false)));
  }

  /**
   * What published cells have besides: oblong and valid windows, a normalisation alone, no bias.
   */
  public static Network published(OperatorType last) {
    Shape map = new Shape(11, 8, 8);
    Shape half = new Shape(6, 4, 6);
    List<Operator> operators =
        List.of(
            new Operator(new ValidConv(3), new Shape(13, 10, 3), 8, 1, false),
            new Operator(new ConvPair(7), map, 8, 1, false),
            new Operator(new ConvPair(3), map, 6, 2, false),
            new Operator(new NarrowingSepConv(5), map, 6, 2, false),
            new Operator(new PlainReduction(), map, 6, 2, false),
            new Operator(new Add(3), half, 6, 1, false),
            new Operator(new Pointwise(), half, 6, 1, false),
            new Operator(new ValidConv(3), half, 6, 2, false),
            new Operator(last, new Shape(2, 1, 6), 3, 1, false));
    return new Network(
        "published",
        operators,
        List.of(
            List.of(Network.IMAGE),
            List.of(0),
            List.of(1),
            List.of(1),
            List.of(0),
            List.of(2, 3, 4),
            List.of(5),
            List.of(6),
            List.of(7)));
  }

  private static Network network(Operator middle) {
    return new Network(
        "sample",
        List.of(
            new Operator(new Conv(3), new Shape(13, 10, 3), 8, 1, false),
            new Operator(new MBConv(5, 3), new Shape(13, 10, 8), 16, 2, false),
            new Operator(new MBConv(3, 6), new Shape(7, 5, 16), 16, 1, true),
            middle,
            new Operator(new MBConv(7, 1), new Shape(7, 5, 16), 24, 2, false),
            new Operator(new Conv(1), new Shape(4, 3, 24), 32, 1, false),
            new Operator(new Classifier(), new Shape(4, 3, 32), 3, 1, false)));
  }

  /** Random weights, with batch-norm statistics that are nothing like 0 and 1. */
  public static NetworkWeights weights(Network network, RandomGenerator random) {
    NetworkWeights weights = NetworkWeights.initial(network, random);
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

  /** Images that differ: each has a colour and a contrast of its own. */
  public static byte[] images(RandomGenerator random, Shape shape, int count) {
    int length = (int) shape.elements();
    byte[] pixels = new byte[count * length];
    for (int i = 0; i < count; i++) {
      double contrast = random.nextDouble(5, 80);
      double[] colour = random.doubles(shape.channels(), 0, 255).toArray();
      for (int p = 0; p < length; p++) {
        double value = colour[p % colour.length] + contrast * random.nextGaussian();
        pixels[i * length + p] = (byte) Math.max(0, Math.min(255, Math.round(value)));
      }
    }
    return pixels;
  }

  /** The network as TensorFlow runs it. */
  public static LoadedModel inTensorFlow(
      Network network, NetworkWeights weights, Normalization normalization, Path folder) {
    try {
      SavedModelWriter.write(
          folder.resolve("reference"),
          network,
          DeployedGraph.of(network, weights, normalization),
          CLASSES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return LoadedModel.open(
        folder.resolve("reference"), DeviceProfiles.load(DeviceProfile.DEFAULT));
  }
}
