package org.proxyless.devices.lite.file;

import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.lite.graph.Float16;
import org.proxyless.devices.lite.graph.LittleEndian;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.DequantizeOptionsT;
import org.tensorflow.lite.schema.TensorType;

/** Weights as float16, in half the space; they are computed with as float32. */
public final class HalfEncoding extends FloatEncoding {
  /** The version of DEQUANTIZE that takes float16. */
  private static final int DEQUANTIZE_VERSION = 3;

  @Override
  int constant(ModelFile file, String name, float[] values, int... extents) {
    short[] halves = new short[values.length];
    for (int i = 0; i < halves.length; i++) {
      if (!(Math.abs(values[i]) <= Float16.GREATEST)) {
        throw new InvalidInputException(
            "number "
                + values[i]
                + " of "
                + name
                + " does not fit into float16, which ends at "
                + Float16.GREATEST
                + ". Export the network in another format.");
      }
      halves[i] = Float16.bits(values[i]);
    }
    int stored =
        file.constant(
            name + "/half", TensorType.FLOAT16, null, LittleEndian.shorts(halves), extents);
    int floats = file.tensor(name, TensorType.FLOAT32, null, extents);
    file.operator(
        BuiltinOperator.DEQUANTIZE,
        DEQUANTIZE_VERSION,
        new int[] {stored},
        floats,
        Options.of(BuiltinOptions.DequantizeOptions, new DequantizeOptionsT()));
    return floats;
  }
}
