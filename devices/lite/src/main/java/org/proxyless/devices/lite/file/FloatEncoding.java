package org.proxyless.devices.lite.file;

import org.proxyless.devices.lite.graph.FeatureMap;
import org.proxyless.devices.lite.graph.LittleEndian;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.CastOptionsT;
import org.tensorflow.lite.schema.TensorType;

/** Everything as float32. */
public class FloatEncoding implements Encoding {
  @Override
  public int bytes(ModelFile file, FeatureMap map) {
    return file.tensor(map.name(), TensorType.UINT8, null, map.extents());
  }

  @Override
  public int featureMap(ModelFile file, int number, FeatureMap map) {
    return file.tensor(map.name(), TensorType.FLOAT32, null, map.extents());
  }

  @Override
  public int[] constants(
      ModelFile file, String name, int input, LiteWeights weights, float[] bias) {
    return new int[] {
      constant(file, name + "/weights", weights.values(), weights.extents()),
      constant(file, name + "/bias", bias, bias.length)
    };
  }

  /** Adds numbers that do not change. */
  int constant(ModelFile file, String name, float[] values, int... extents) {
    return file.constant(name, TensorType.FLOAT32, null, LittleEndian.floats(values), extents);
  }

  @Override
  public int scalar(ModelFile file, String name, float value) {
    return file.constant(name, TensorType.FLOAT32, null, LittleEndian.floats(value));
  }

  @Override
  public void fromBytes(ModelFile file, int bytes, int output) {
    CastOptionsT options = new CastOptionsT();
    options.setInDataType(TensorType.UINT8);
    options.setOutDataType(TensorType.FLOAT32);
    file.operator(
        BuiltinOperator.CAST,
        1,
        new int[] {bytes},
        output,
        Options.of(BuiltinOptions.CastOptions, options));
  }

  @Override
  public int toFloats(ModelFile file, int tensor, FeatureMap map) {
    return tensor;
  }

  @Override
  public int version(int builtin) {
    return 1;
  }
}
