package org.proxyless.search.job.keeping;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Layer;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/** The trained numbers of a network as an {@link ArrayFile}. */
final class WeightsFile {
  /** A key is the operator, the layer, and the part's place in {@link Part}. */
  private static final ArrayFile FILE = new ArrayFile("PXLWGT01", 3);

  private WeightsFile() {}

  /** Writes weights, whole or not at all. */
  static void write(NetworkWeights weights, Path file) {
    FILE.write(
        sorted(weights).stream()
            .map(entry -> new ArrayFile.Entry(numbers(entry.getKey()), entry.getValue()))
            .toList(),
        file);
  }

  private static int[] numbers(NetworkWeights.Key key) {
    return new int[] {key.operator(), key.layer(), key.part().ordinal()};
  }

  /** In the order of the network, so that equal weights make equal files. */
  private static List<Map.Entry<NetworkWeights.Key, float[]>> sorted(NetworkWeights weights) {
    Comparator<NetworkWeights.Key> order =
        Comparator.comparingInt(NetworkWeights.Key::operator)
            .thenComparingInt(NetworkWeights.Key::layer)
            .thenComparing(NetworkWeights.Key::part);
    return weights.all().entrySet().stream().sorted(Map.Entry.comparingByKey(order)).toList();
  }

  /**
   * Reads the weights of a network.
   *
   * @throws InvalidInputException if the file is not there or damaged, or belongs to another
   *     network
   */
  static NetworkWeights read(Path file, Network network) {
    NetworkWeights weights = new NetworkWeights();
    for (ArrayFile.Entry entry : FILE.read(file)) {
      int[] key = entry.key();
      weights.put(new NetworkWeights.Key(key[0], key[1], Part.values()[key[2]]), entry.values());
    }
    requireOf(network, weights, file);
    return weights;
  }

  /** Every trained part must be there in its size; statistics may be missing, as in a supernet. */
  static void requireOf(Network network, NetworkWeights weights, Path file) {
    for (int o = 0; o < network.operators().size(); o++) {
      Operator operator = network.operators().get(o);
      Shape shape = operator.input();
      List<Layer> layers = operator.layers();
      for (int l = 0; l < layers.size(); l++) {
        for (Part part : NetworkWeights.parts(layers.get(l))) {
          long length =
              Arrays.stream(NetworkWeights.extents(layers.get(l), part, shape))
                  .reduce(1, Math::multiplyExact);
          float[] values = weights.all().get(new NetworkWeights.Key(o, l, part));
          boolean optional = Part.STATISTICS.contains(part);
          if (values == null ? !optional : values.length != length) {
            throw new InvalidInputException(
                "weights "
                    + file
                    + " belong to another network: "
                    + part
                    + " of layer "
                    + l
                    + " in operator "
                    + o
                    + " has "
                    + (values == null ? "no" : values.length)
                    + " numbers instead of "
                    + length
                    + ". Use the network.json of the same run.");
          }
        }
        shape = layers.get(l).output(shape);
      }
    }
  }
}
