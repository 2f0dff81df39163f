package org.proxyless.search.job;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.devices.tensorflow.NetworkWeights.Part;
import org.proxyless.latency.AtomicFile;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Layer;
import org.proxyless.latency.Network;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;

/**
 * The trained numbers of a network as a file. All numbers are big-endian: the eight bytes {@code
 * PXLWGT01}; how many arrays follow (int); for each the operator, the layer, the part's place in
 * {@link Part} and the length (ints), then the values (floats); at the end the CRC-32 of everything
 * before it (long).
 */
final class WeightsFile {
  private static final String MAGIC = "PXLWGT01";

  private WeightsFile() {}

  /** Writes weights, whole or not at all. */
  static void write(NetworkWeights weights, Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeBytes(MAGIC);
      out.writeInt(weights.all().size());
      for (Map.Entry<NetworkWeights.Key, float[]> entry : sorted(weights)) {
        float[] values = entry.getValue();
        out.writeInt(entry.getKey().operator());
        out.writeInt(entry.getKey().layer());
        out.writeInt(entry.getKey().part().ordinal());
        out.writeInt(values.length);
        ByteBuffer content = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        content.asFloatBuffer().put(values);
        out.write(content.array());
      }
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    AtomicFile.write(file, bytes.toByteArray());
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
    byte[] content = content(file);
    int end = content.length - Long.BYTES;
    if (end < MAGIC.length()
        || !MAGIC.equals(new String(content, 0, MAGIC.length()))
        || ByteBuffer.wrap(content, end, Long.BYTES).getLong() != checksum(content, end)) {
      throw new InvalidInputException(
          "weights " + file + " are damaged or truncated. Train again, or restore the file.");
    }
    NetworkWeights weights = new NetworkWeights();
    ByteArrayInputStream body =
        new ByteArrayInputStream(content, MAGIC.length(), end - MAGIC.length());
    try (DataInputStream in = new DataInputStream(body)) {
      int arrays = in.readInt();
      for (int i = 0; i < arrays; i++) {
        NetworkWeights.Key key =
            new NetworkWeights.Key(in.readInt(), in.readInt(), Part.values()[in.readInt()]);
        float[] values = new float[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES)).asFloatBuffer().get(values);
        weights.put(key, values);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the checksum of " + file + " fits, its content does not", e);
    }
    requireOf(network, weights, file);
    return weights;
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidInputException(
          "weights " + file + " cannot be read (" + e + "). Give a run that was not cut short.", e);
    }
  }

  private static long checksum(byte[] content, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(content, 0, length);
    return checksum.getValue();
  }

  /** Every trained part must be there in its size; statistics may be missing, as in a supernet. */
  private static void requireOf(Network network, NetworkWeights weights, Path file) {
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
