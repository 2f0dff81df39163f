package org.proxyless.devices.tensorflow;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VersionDef;

/**
 * Writes a TensorFlow graph node by node as a {@link GraphDef}, which is imported once when it is
 * complete. Adding nodes through the session API instead costs a native call each, and its gradient
 * builder walks the whole graph for each operator.
 *
 * <p>A node's first output goes by the node's name, the others by {@code name:1}, {@code name:2}…
 */
public final class GraphWriter {
  /** The GraphDef version of the TensorFlow release that the node definitions were written for. */
  private static final int PRODUCER = 1987; // TensorFlow 2.18

  private final GraphDef.Builder graph =
      GraphDef.newBuilder().setVersions(VersionDef.newBuilder().setProducer(PRODUCER));

  /** Starts a node; {@link Node#add} puts it into the graph. */
  public Node node(String operation, String name) {
    return new Node(operation, name);
  }

  /** A placeholder; an extent of −1 is left open. Returns its name. */
  public String placeholder(String name, DataType type, long... shape) {
    return node("Placeholder", name).type("dtype", type).shape("shape", shape).add();
  }

  /** An input of 32-bit floats that has these values unless others are fed. Returns its name. */
  public String input(String name, float[] values, long... shape) {
    return node("PlaceholderWithDefault", name)
        .input(constant(name + "/default", values, shape))
        .type("dtype", DataType.DT_FLOAT)
        .shape("shape", shape)
        .add();
  }

  /** A constant of 32-bit floats, row-major. Returns its name. */
  public String constant(String name, float[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(name, DataType.DT_FLOAT, bytes, shape);
  }

  /** A constant vector of 32-bit integers. Returns its name. */
  public String constant(String name, int... values) {
    return constant(name, DataType.DT_INT32, bytes(values), values.length);
  }

  /** A constant matrix of 32-bit integers with two columns, row-major. Returns its name. */
  public String pairs(String name, int... values) {
    return constant(name, DataType.DT_INT32, bytes(values), values.length / 2, 2);
  }

  /** A scalar constant, a 32-bit integer. Returns its name. */
  public String integer(String name, int value) {
    return constant(name, DataType.DT_INT32, bytes(new int[] {value}));
  }

  /** A scalar constant, a 32-bit float. Returns its name. */
  public String scalar(String name, float value) {
    return constant(name, new float[] {value}, new long[0]);
  }

  private String constant(String name, DataType type, ByteBuffer bytes, long... shape) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(type)
            .setTensorShape(shapeOf(shape))
            .setTensorContent(ByteString.copyFrom(bytes.rewind()))
            .build();
    return node("Const", name).type("dtype", type).attribute("value", tensor).add();
  }

  private static ByteBuffer bytes(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return bytes;
  }

  /** The graph as written so far. */
  public GraphDef build() {
    return graph.build();
  }

  static TensorShapeProto shapeOf(long... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long extent : extents) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(extent));
    }
    return shape.build();
  }

  /** A node being written. */
  public final class Node {
    private final NodeDef.Builder node;

    private Node(String operation, String name) {
      node = NodeDef.newBuilder().setOp(operation).setName(name);
    }

    /** Appends inputs, each {@code node} or {@code node:output}. */
    public Node input(String... inputs) {
      for (String input : inputs) {
        node.addInput(input);
      }
      return this;
    }

    /** Makes the node wait for another; to be called after the last {@link #input}. */
    public Node after(String other) {
      int output = other.indexOf(':');
      node.addInput("^" + (output < 0 ? other : other.substring(0, output)));
      return this;
    }

    /** Sets an attribute that is a data type. */
    public Node type(String attribute, DataType type) {
      node.putAttr(attribute, AttrValue.newBuilder().setType(type).build());
      return this;
    }

    /** Sets the attribute {@code T} to 32-bit float, which most operations need. */
    public Node floats() {
      return type("T", DataType.DT_FLOAT);
    }

    /** Sets a boolean attribute. */
    public Node attribute(String attribute, boolean value) {
      node.putAttr(attribute, AttrValue.newBuilder().setB(value).build());
      return this;
    }

    /** Sets an integer attribute. */
    public Node attribute(String attribute, long value) {
      node.putAttr(attribute, AttrValue.newBuilder().setI(value).build());
      return this;
    }

    /** Sets a float attribute. */
    public Node attribute(String attribute, float value) {
      node.putAttr(attribute, AttrValue.newBuilder().setF(value).build());
      return this;
    }

    /** Sets a text attribute. */
    public Node attribute(String attribute, String value) {
      node.putAttr(attribute, AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build());
      return this;
    }

    /** Sets an attribute that is a list of integers. */
    public Node attribute(String attribute, long[] values) {
      AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
      for (long value : values) {
        list.addI(value);
      }
      node.putAttr(attribute, AttrValue.newBuilder().setList(list).build());
      return this;
    }

    /** Sets an attribute that is a shape; an extent of −1 is left open. */
    public Node shape(String attribute, long... extents) {
      node.putAttr(attribute, AttrValue.newBuilder().setShape(shapeOf(extents)).build());
      return this;
    }

    private Node attribute(String attribute, TensorProto tensor) {
      node.putAttr(attribute, AttrValue.newBuilder().setTensor(tensor).build());
      return this;
    }

    /** Places the node, for example on {@code /device:GPU:0}. */
    public Node device(String device) {
      node.setDevice(device);
      return this;
    }

    /** Puts the node into the graph and returns its name, which is its first output. */
    public String add() {
      graph.addNode(node);
      return node.getName();
    }
  }
}
