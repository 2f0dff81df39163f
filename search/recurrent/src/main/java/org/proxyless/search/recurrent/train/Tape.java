package org.proxyless.search.recurrent.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.tensorflow.proto.DataType;

/**
 * Writes a computation node by node and remembers it, so that the nodes that run it backward can be
 * written as well: reverse-mode differentiation, with each operation's gradient written here by
 * hand. Tensors are 32-bit floats and go by their names in the graph.
 *
 * <p>A matrix that several products use, as all steps of a recurrent network do, gets its gradient
 * as one product over all of them: what they were given and the gradients of what they gave are
 * stacked first.
 */
public final class Tape {
  private final GraphWriter graph;
  private final String prefix;
  private final Optional<String> frame;
  private final List<Recorded> recorded = new ArrayList<>();
  private final Map<String, List<String>> gradients = new HashMap<>();
  private final Map<String, List<Product>> products = new HashMap<>();
  private final Set<String> constants = new HashSet<>();
  private int written;

  /** What an operation gave, and what writes its gradient. */
  private record Recorded(List<String> outputs, Consumer<List<String>> backward) {}

  /** A product whose second factor is shared: what was multiplied, and its result's gradient. */
  private record Product(String left, String gradient) {}

  /**
   * @param prefix of all names
   */
  public Tape(GraphWriter graph, String prefix) {
    this(graph, prefix, Optional.empty());
  }

  /**
   * @param prefix of all names
   * @param frame of the loop that is written into, if it is one: what is constant enters it
   */
  public Tape(GraphWriter graph, String prefix, Optional<String> frame) {
    this.graph = graph;
    this.prefix = prefix;
    this.frame = frame;
  }

  /** What does not change, where it can be used: in a loop, behind a node that lets it in. */
  public String entered(String constant, DataType type) {
    if (frame.isEmpty()) {
      return constant;
    }
    String name = prefix + "enter/" + constant;
    return constants.add(name)
        ? graph
            .node("Enter", name)
            .input(constant)
            .type("T", type)
            .attribute("frame_name", frame.get())
            .attribute("is_constant", true)
            .attribute("parallel_iterations", 1)
            .add()
        : name;
  }

  /** The graph that is written to. */
  public GraphWriter graph() {
    return graph;
  }

  private String name(String operation) {
    return prefix + operation + "_" + written++;
  }

  private GraphWriter.Node node(String operation) {
    return graph.node(operation, name(operation));
  }

  /** An operation of one kind of inputs, all floats. */
  private String write(String operation, String... inputs) {
    return node(operation).input(inputs).floats().add();
  }

  private String recorded(String output, Consumer<String> backward) {
    recorded.add(new Recorded(List.of(output), of -> backward.accept(of.get(0))));
    return output;
  }

  private void add(String tensor, String gradient) {
    gradients.computeIfAbsent(tensor, key -> new ArrayList<>()).add(gradient);
  }

  /** A constant integer, written once. */
  public String integer(int value) {
    String name = prefix + "integer" + value;
    return entered(constants.add(name) ? graph.integer(name, value) : name, DataType.DT_INT32);
  }

  /** A constant vector of integers, written once. */
  public String integers(int... values) {
    StringBuilder name = new StringBuilder(prefix + "integers");
    for (int value : values) {
      name.append('_').append(value < 0 ? "m" + -value : value);
    }
    String all = name.toString();
    return entered(constants.add(all) ? graph.constant(all, values) : all, DataType.DT_INT32);
  }

  /** A constant number, written once. */
  public String number(float value) {
    String name = prefix + "number" + Integer.toHexString(Float.floatToIntBits(value));
    return entered(constants.add(name) ? graph.scalar(name, value) : name, DataType.DT_FLOAT);
  }

  /** x·W of [rows, n] and [n, columns]. */
  public String product(String x, String weights) {
    String y =
        node("MatMul")
            .input(x, weights)
            .floats()
            .attribute("transpose_a", false)
            .attribute("transpose_b", false)
            .add();
    return recorded(
        y,
        gradient -> {
          add(
              x,
              node("MatMul")
                  .input(gradient, weights)
                  .floats()
                  .attribute("transpose_a", false)
                  .attribute("transpose_b", true)
                  .add());
          products.computeIfAbsent(weights, key -> new ArrayList<>()).add(new Product(x, gradient));
        });
  }

  /** x·Wᵀ of [rows, n] and [columns, n]. */
  public String productWithTransposed(String x, String weights) {
    String y =
        node("MatMul")
            .input(x, weights)
            .floats()
            .attribute("transpose_a", false)
            .attribute("transpose_b", true)
            .add();
    return recorded(
        y,
        gradient -> {
          add(x, plainProduct(gradient, weights));
          add(
              weights,
              node("MatMul")
                  .input(gradient, x)
                  .floats()
                  .attribute("transpose_a", true)
                  .attribute("transpose_b", false)
                  .add());
        });
  }

  private String plainProduct(String left, String right) {
    return node("MatMul")
        .input(left, right)
        .floats()
        .attribute("transpose_a", false)
        .attribute("transpose_b", false)
        .add();
  }

  /** x + y, of the same shape. */
  public String sum(String x, String y) {
    return recorded(
        write("AddV2", x, y),
        gradient -> {
          add(x, gradient);
          add(y, gradient);
        });
  }

  /** x − y, of the same shape. */
  public String difference(String x, String y) {
    return recorded(
        write("Sub", x, y),
        gradient -> {
          add(x, gradient);
          add(y, write("Neg", gradient));
        });
  }

  /** x·y element by element, of the same shape. */
  public String times(String x, String y) {
    return recorded(
        write("Mul", x, y),
        gradient -> {
          add(x, write("Mul", gradient, y));
          add(y, write("Mul", gradient, x));
        });
  }

  /** x times something that is no weight, element by element; it is spread over x. */
  public String scaled(String x, String factor) {
    return recorded(write("Mul", x, factor), gradient -> add(x, write("Mul", gradient, factor)));
  }

  /** x + b of [rows, columns] and [columns]. */
  public String biased(String x, String bias) {
    return recorded(
        write("BiasAdd", x, bias),
        gradient -> {
          add(x, gradient);
          add(bias, write("BiasAddGrad", gradient));
        });
  }

  /** The mean of tensors of one shape. */
  public String mean(List<String> several) {
    List<String> tensors = List.copyOf(several);
    if (tensors.size() == 1) {
      return tensors.get(0);
    }
    String share = number(1f / tensors.size());
    return recorded(
        write("Mul", total(tensors), share),
        gradient -> {
          String each = write("Mul", gradient, share);
          tensors.forEach(tensor -> add(tensor, each));
        });
  }

  private String total(List<String> tensors) {
    return node("AddN")
        .input(tensors.toArray(String[]::new))
        .floats()
        .attribute("N", tensors.size())
        .add();
  }

  /** 1 / (1 + e⁻ˣ). */
  public String sigmoid(String x) {
    String y = write("Sigmoid", x);
    return recorded(y, gradient -> add(x, write("SigmoidGrad", y, gradient)));
  }

  /** The hyperbolic tangent. */
  public String tanh(String x) {
    String y = write("Tanh", x);
    return recorded(y, gradient -> add(x, write("TanhGrad", y, gradient)));
  }

  /** max(x, 0). */
  public String relu(String x) {
    String y = write("Relu", x);
    return recorded(y, gradient -> add(x, write("ReluGrad", gradient, y)));
  }

  /** x as so many parts of equal size along an axis. */
  public List<String> parts(String x, int axis, int parts) {
    String split =
        node("Split").input(integer(axis), x).floats().attribute("num_split", parts).add();
    List<String> outputs =
        IntStream.range(0, parts).mapToObj(p -> p == 0 ? split : split + ":" + p).toList();
    recorded.add(new Recorded(outputs, all -> add(x, concat(all, axis))));
    return outputs;
  }

  /** Tensors side by side, of the same size along the axis. */
  public String joined(List<String> several, int axis) {
    List<String> tensors = List.copyOf(several);
    return recorded(
        concat(tensors, axis),
        gradient -> {
          String split =
              node("Split")
                  .input(integer(axis), gradient)
                  .floats()
                  .attribute("num_split", tensors.size())
                  .add();
          for (int i = 0; i < tensors.size(); i++) {
            add(tensors.get(i), i == 0 ? split : split + ":" + i);
          }
        });
  }

  private String concat(List<String> tensors, int axis) {
    if (tensors.size() == 1) {
      return tensors.get(0);
    }
    return node("ConcatV2")
        .input(tensors.toArray(String[]::new))
        .input(integer(axis))
        .floats()
        .attribute("N", tensors.size())
        .type("Tidx", DataType.DT_INT32)
        .add();
  }

  /** Tensors of one shape as one with an axis more, the first. */
  public String stacked(List<String> several) {
    List<String> tensors = List.copyOf(several);
    String stack =
        node("Pack")
            .input(tensors.toArray(String[]::new))
            .floats()
            .attribute("N", tensors.size())
            .add();
    return recorded(
        stack,
        gradient -> {
          String unpacked =
              node("Unpack").input(gradient).floats().attribute("num", tensors.size()).add();
          for (int i = 0; i < tensors.size(); i++) {
            add(tensors.get(i), i == 0 ? unpacked : unpacked + ":" + i);
          }
        });
  }

  /**
   * One of a stack of matrices.
   *
   * @param choice int32 [], which
   * @param share float [size, 1, 1], 1 for the one that is chosen and 0 for the others
   */
  public String chosen(String stack, String choice, String share) {
    return recorded(
        gather(stack, choice), gradient -> add(stack, write("Mul", expanded(gradient), share)));
  }

  private String gather(String table, String places) {
    return node("GatherV2")
        .input(table, places, integer(0))
        .type("Tparams", DataType.DT_FLOAT)
        .type("Tindices", DataType.DT_INT32)
        .type("Taxis", DataType.DT_INT32)
        .add();
  }

  private String expanded(String x) {
    return node("ExpandDims").input(x, integer(0)).floats().type("Tdim", DataType.DT_INT32).add();
  }

  /**
   * The mean of some of a stack of matrices.
   *
   * @param shares float [size, 1, 1], what each counts
   */
  public String weighted(String stack, String shares) {
    String product = write("Mul", stack, shares);
    return recorded(
        reduced("Sum", product, integers(0)),
        gradient -> add(stack, write("Mul", expanded(gradient), shares)));
  }

  private String reduced(String operation, String x, String axes) {
    return node(operation)
        .input(x, axes)
        .floats()
        .type("Tidx", DataType.DT_INT32)
        .attribute("keep_dims", false)
        .add();
  }

  /**
   * Rows of a matrix.
   *
   * @param places int32 [n]
   */
  public String rows(String table, String places) {
    return recorded(
        gather(table, places),
        gradient ->
            add(
                table,
                node("UnsortedSegmentSum")
                    .input(gradient, places, rowsOf(table))
                    .floats()
                    .type("Tindices", DataType.DT_INT32)
                    .type("Tnumsegments", DataType.DT_INT32)
                    .add()));
  }

  private String rowsOf(String table) {
    return node("StridedSlice")
        .input(shapeOf(table), integers(0), integers(1), integers(1))
        .type("T", DataType.DT_INT32)
        .type("Index", DataType.DT_INT32)
        .attribute("shrink_axis_mask", 1)
        .add();
  }

  private String shapeOf(String x) {
    return node("Shape").input(x).floats().type("out_type", DataType.DT_INT32).add();
  }

  /**
   * The same numbers in another shape.
   *
   * @param shape int32 [axes]
   */
  public String reshaped(String x, String shape) {
    return recorded(reshape(x, shape), gradient -> add(x, reshape(gradient, shapeOf(x))));
  }

  private String reshape(String x, String shape) {
    return node("Reshape").input(x, shape).floats().type("Tshape", DataType.DT_INT32).add();
  }

  /**
   * The first numbers along each axis.
   *
   * @param sizes int32 [axes], how many; −1 for all
   * @param axes of x
   */
  public String first(String x, String sizes, int axes) {
    String begin = integers(new int[axes]);
    String y = node("Slice").input(x, begin, sizes).floats().type("Index", DataType.DT_INT32).add();
    return recorded(
        y,
        gradient -> {
          String missing =
              node("Sub").input(shapeOf(x), shapeOf(gradient)).type("T", DataType.DT_INT32).add();
          String paddings =
              node("Pack")
                  .input(begin, missing)
                  .type("T", DataType.DT_INT32)
                  .attribute("N", 2)
                  .attribute("axis", 1)
                  .add();
          add(
              x,
              node("Pad")
                  .input(gradient, paddings)
                  .floats()
                  .type("Tpaddings", DataType.DT_INT32)
                  .add());
        });
  }

  /** The mean of all squares, a number. */
  public String meanSquare(String x, int axes) {
    int[] all = IntStream.range(0, axes).toArray();
    String y = reduced("Mean", write("Square", x), integers(all));
    return recorded(
        y,
        gradient -> {
          String size =
              node("Cast")
                  .input(node("Size").input(x).floats().type("out_type", DataType.DT_INT32).add())
                  .type("SrcT", DataType.DT_INT32)
                  .type("DstT", DataType.DT_FLOAT)
                  .add();
          String share = write("RealDiv", write("Mul", gradient, number(2)), size);
          add(x, write("Mul", x, share));
        });
  }

  /**
   * The mean cross-entropy of rows of logits, a number, in nats.
   *
   * @param logits [rows, classes]
   * @param labels int32 [rows]
   */
  public String crossEntropy(String logits, String labels) {
    String losses =
        node("SparseSoftmaxCrossEntropyWithLogits")
            .input(logits, labels)
            .floats()
            .type("Tlabels", DataType.DT_INT32)
            .add();
    String mean = reduced("Mean", losses, integers(0));
    return recorded(
        mean,
        gradient -> {
          String rows =
              node("Cast")
                  .input(rowsOf(losses))
                  .type("SrcT", DataType.DT_INT32)
                  .type("DstT", DataType.DT_FLOAT)
                  .add();
          add(logits, write("Mul", losses + ":1", write("RealDiv", gradient, rows)));
        });
  }

  /** Writes the gradients of a number to all that it is made of. To be called once. */
  public void backward(String number) {
    add(number, number(1));
    for (int i = recorded.size() - 1; i >= 0; i--) {
      Recorded operation = recorded.get(i);
      List<String> given = operation.outputs();
      if (given.stream().anyMatch(this::hasGradient)) {
        operation.backward().accept(given.stream().map(this::gradient).toList());
      }
    }
  }

  private boolean hasGradient(String tensor) {
    return gradients.containsKey(tensor) || products.containsKey(tensor);
  }

  /** The gradient of the number that was {@linkplain #backward differentiated} to a tensor. */
  public String gradient(String tensor) {
    List<Product> shared = products.remove(tensor);
    if (shared != null) {
      String lefts = concat(shared.stream().map(Product::left).toList(), 0);
      String rights = concat(shared.stream().map(Product::gradient).toList(), 0);
      add(
          tensor,
          node("MatMul")
              .input(lefts, rights)
              .floats()
              .attribute("transpose_a", true)
              .attribute("transpose_b", false)
              .add());
    }
    List<String> parts = gradients.get(tensor);
    if (parts == null) {
      return write("ZerosLike", tensor);
    }
    if (parts.size() > 1) {
      gradients.put(tensor, new ArrayList<>(List.of(total(parts))));
    }
    return gradients.get(tensor).get(0);
  }
}
