package org.proxyless.devices.lite.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import org.proxyless.devices.lite.graph.LittleEndian;

/** An ONNX graph in the making: nodes, constants, inputs and outputs of its Protobuf schema. */
final class OnnxGraph {
  /** The name of the extent that the caller chooses. */
  private static final String BATCH = "batch";

  private final GraphProto.Builder graph = GraphProto.newBuilder();

  OnnxGraph(String name) {
    graph.setName(name);
  }

  /**
   * Adds a node with one output, which has the node's name.
   *
   * @param attributes a {@code Long}, a {@code Float} or a {@code long[]} each
   * @return the name
   */
  String node(String type, String name, List<String> inputs, Map<String, Object> attributes) {
    NodeProto.Builder node =
        graph.addNodeBuilder().setOpType(type).setName(name).addAllInput(inputs).addOutput(name);
    attributes.forEach((key, value) -> node.addAttribute(attribute(key, value)));
    return name;
  }

  /** Adds floats that do not change; without extents, a single number. */
  String constant(String name, float[] values, long... extents) {
    TensorProto.Builder tensor =
        graph
            .addInitializerBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(LittleEndian.floats(values)));
    for (long extent : extents) {
      tensor.addDims(extent);
    }
    return name;
  }

  /** Adds an input for any number of images. */
  void input(String name, TensorProto.DataType type, int... extents) {
    graph.addInput(value(name, type, extents));
  }

  /** Makes a node's output one of the graph's. */
  void output(String name, TensorProto.DataType type, int... extents) {
    graph.addOutput(value(name, type, extents));
  }

  GraphProto build() {
    return graph.build();
  }

  /**
   * @param extents for one image
   */
  private static ValueInfoProto value(String name, TensorProto.DataType type, int... extents) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
    tensor.getShapeBuilder().addDimBuilder().setDimParam(BATCH);
    for (int e = 1; e < extents.length; e++) {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(extents[e]);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof long[] numbers) {
      attribute.setType(AttributeProto.AttributeType.INTS);
      for (long number : numbers) {
        attribute.addInts(number);
      }
    } else if (value instanceof Float number) {
      attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number);
    } else {
      attribute.setType(AttributeProto.AttributeType.INT).setI((Long) value);
    }
    return attribute.build();
  }
}
