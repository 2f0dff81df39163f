package org.proxyless.search.supernet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.devices.tensorflow.NetworkWeights.Part;
import org.proxyless.latency.Layer;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;

/**
 * Writes the one static graph of a supernet with binarized paths (Cai et al., ProxylessNAS, 2019,
 * section 3.1). Each candidate stands behind a switch that lets its input through only while the
 * candidate is active, so a branch that was not sampled runs neither forward nor backward, and its
 * weights get nothing. A block with one candidate has no switch.
 *
 * <p>In an architecture step the sampled but inactive candidates run too, forward only, once the
 * gradient of the block's output is there: so no more than two candidates' feature maps are held.
 */
final class TrainingGraph {
  /** Input: float [batch, height, width, channels]. */
  static final String IMAGES = "images";

  /** Input: float [batch, classes], a distribution over the classes for each image. */
  static final String LABELS = "labels";

  /** Input: float [], the learning rate of a weight step. */
  static final String RATE = "rate";

  /** Input: bool [gates], which candidates are active: one an edge. */
  static final String ACTIVE = "active";

  /** Input: bool [gates], which other candidates are sampled in an architecture step. */
  static final String INACTIVE = "inactive";

  /** Output: float [], mean cross-entropy of the batch. */
  static final String LOSS = "loss";

  /** Output: float [], how many images of the batch are classified correctly. */
  static final String CORRECT = "correct";

  /** Output: float [gates], ∂L/∂g of the sampled candidates, 0 elsewhere. */
  static final String GATE_GRADIENTS = "gate-gradients";

  /** Target: updates the weights of the active path. */
  static final String DESCEND = "descend";

  private static final String ACTIVE_GATES = "active-gates";
  private static final String INACTIVE_GATES = "inactive-gates";

  private final GraphWriter writer = new GraphWriter();
  private final Kernels kernels;
  private final int batchSize;
  private final List<List<Operator>> blocks;
  private final List<Variable> variables = new ArrayList<>();
  private final List<String> updates = new ArrayList<>();
  private final String[] gateGradients;
  private final List<Statistic> statistics = new ArrayList<>();
  private final Set<String> constants = new HashSet<>();

  /** Where a batch statistic of a block with one candidate is found in the graph. */
  record Statistic(NetworkWeights.Key key, String tensor) {}

  /**
   * @param blocks the chain; each block's candidates
   * @param batchSize images a step, fixed
   * @param weightDecay of every weight that a step updates
   */
  TrainingGraph(List<List<Operator>> blocks, int batchSize, float weightDecay, Kernels kernels) {
    this.blocks = blocks;
    this.batchSize = batchSize;
    this.kernels = kernels;
    gateGradients = new String[gates()];
    writeInputs(weightDecay);
    List<Block> written = new ArrayList<>();
    String x = IMAGES;
    int gate = 0;
    for (int b = 0; b < blocks.size(); b++) {
      Block block = blocks.get(b).size() == 1 ? new FixedBlock(b) : new GatedBlock(b, gate);
      gate += blocks.get(b).size() == 1 ? 0 : blocks.get(b).size();
      written.add(block);
      x = block.forward(x);
    }
    String gradient = writeLoss(x);
    for (int b = blocks.size() - 1; b >= 0; b--) {
      gradient = written.get(b).backward(gradient, b > 0);
    }
    writeOutputs();
  }

  GraphDef build() {
    return writer.build();
  }

  GraphWriter writer() {
    return writer;
  }

  Kernels kernels() {
    return kernels;
  }

  int batchSize() {
    return batchSize;
  }

  /** All variables in the order of blocks, candidates, layers and parts. */
  List<Variable> variables() {
    return variables;
  }

  /** The batch statistics of all blocks with one candidate. */
  List<Statistic> statistics() {
    return statistics;
  }

  /** A constant vector of integers, written once. */
  String sizes(int... values) {
    String name = "sizes" + Arrays.toString(values).replaceAll("[^0-9]+", "_");
    return constants.add(name) ? writer.constant(name, values) : name;
  }

  /** Writes the update of a variable. */
  void descend(Variable variable, String weight, String gradient, String last) {
    updates.add(variable.descend(writer, weight, gradient, RATE, last));
  }

  private int gates() {
    return blocks.stream().mapToInt(List::size).filter(size -> size > 1).sum();
  }

  private void writeInputs(float weightDecay) {
    Shape input = blocks.get(0).get(0).input();
    writer.placeholder(
        IMAGES, DataType.DT_FLOAT, batchSize, input.height(), input.width(), input.channels());
    writer.placeholder(LABELS, DataType.DT_FLOAT, batchSize, classes());
    writer.placeholder(RATE, DataType.DT_FLOAT);
    writer.constant("empty", new float[0], 0);
    writer.scalar("zero", 0);
    Variable.declareConstants(writer, weightDecay);
    if (gates() > 0) {
      unpack(ACTIVE_GATES, writer.placeholder(ACTIVE, DataType.DT_BOOL, gates()));
      unpack(INACTIVE_GATES, writer.placeholder(INACTIVE, DataType.DT_BOOL, gates()));
    }
  }

  private void unpack(String name, String vector) {
    writer
        .node("Unpack", name)
        .input(vector)
        .type("T", DataType.DT_BOOL)
        .attribute("num", gates())
        .add();
  }

  private int classes() {
    return blocks.get(blocks.size() - 1).get(0).outputChannels();
  }

  /** Writes loss and accuracy, and returns the gradient of the logits. */
  private String writeLoss(String logits) {
    String entropy =
        kernels
            .node(writer, "SoftmaxCrossEntropyWithLogits", "cross-entropy")
            .input(logits, LABELS)
            .floats()
            .add();
    writer.node("Mean", LOSS).input(entropy, sizes(0)).floats().add();
    String hit =
        writer
            .node("Equal", "hit")
            .input(best("predicted", logits), best("labelled", LABELS))
            .type("T", DataType.DT_INT32)
            .add();
    String hits =
        writer
            .node("Cast", "hits")
            .input(hit)
            .type("SrcT", DataType.DT_BOOL)
            .type("DstT", DataType.DT_FLOAT)
            .add();
    writer.node("Sum", CORRECT).input(hits, sizes(0)).floats().add();
    return writer
        .node("Mul", "logits-gradient")
        .input(entropy + ":1", writer.scalar("share-of-image", 1f / batchSize))
        .floats()
        .add();
  }

  private String best(String name, String scores) {
    return writer
        .node("ArgMax", name)
        .input(scores, classAxis())
        .floats()
        .type("output_type", DataType.DT_INT32)
        .add();
  }

  private String classAxis() {
    return constants.add("class-axis") ? writer.integer("class-axis", 1) : "class-axis";
  }

  private void writeOutputs() {
    GraphWriter.Node descend = writer.node("NoOp", DESCEND);
    updates.forEach(descend::after);
    descend.add();
    if (gateGradients.length > 0) {
      writer
          .node("Pack", GATE_GRADIENTS)
          .input(gateGradients)
          .floats()
          .attribute("N", gateGradients.length)
          .add();
    }
  }

  private List<Variable> declare(int block, int candidate) {
    Operator operator = blocks.get(block).get(candidate);
    List<Variable> declared = new ArrayList<>();
    Shape shape = operator.input();
    List<Layer> layers = operator.layers();
    for (int l = 0; l < layers.size(); l++) {
      for (Part part : NetworkWeights.parts(layers.get(l))) {
        if (!Part.STATISTICS.contains(part)) {
          boolean beforeShortcut = operator.shortcut() && l == layers.size() - 1;
          Variable variable =
              new Variable(block, candidate, l, part, layers.get(l), shape, beforeShortcut);
          variable.declare(writer);
          declared.add(variable);
        }
      }
      shape = layers.get(l).output(shape);
    }
    variables.addAll(declared);
    return declared;
  }

  private String add(String name, String a, String b) {
    return writer.node("AddV2", name).input(a, b).floats().add();
  }

  /** What a block or branch gives: its operator's tensor (null for Zero) and the shortcut's. */
  private String withShortcut(Operator operator, String name, String own, String shortcut) {
    if (own == null) {
      return operator.shortcut()
          ? shortcut
          : writer.node("ZerosLike", name).input(shortcut).floats().add();
    }
    return operator.shortcut() ? add(name, own, shortcut) : own;
  }

  /** One block of the chain, written forward first and backward once all blocks are. */
  private interface Block {
    String forward(String x);

    String backward(String outputGradient, boolean inputGradientNeeded);
  }

  /** A block with one candidate: no gate. */
  private final class FixedBlock implements Block {
    private final String name;
    private final Operator operator;
    private final TrainingOperator training;
    private final int index;

    FixedBlock(int index) {
      this.index = index;
      name = "b" + index + "/fixed";
      operator = blocks.get(index).get(0);
      training = new TrainingOperator(TrainingGraph.this, name, operator, declare(index, 0));
    }

    @Override
    public String forward(String x) {
      String y = operator.isZero() ? null : training.forward(x);
      List<Map<Part, String>> byLayer = training.statistics();
      for (int l = 0; l < byLayer.size(); l++) {
        for (Part part : Part.STATISTICS) {
          if (byLayer.get(l).containsKey(part)) {
            statistics.add(
                new Statistic(new NetworkWeights.Key(index, l, part), byLayer.get(l).get(part)));
          }
        }
      }
      return withShortcut(operator, name + "/sum", y, x);
    }

    @Override
    public String backward(String outputGradient, boolean inputGradientNeeded) {
      String gradient =
          operator.isZero() ? null : training.backward(outputGradient, inputGradientNeeded);
      return inputGradientNeeded
          ? withShortcut(operator, name + "/sum-grad", gradient, outputGradient)
          : null;
    }
  }

  /** A block with several candidates, each behind its gate. */
  private final class GatedBlock implements Block {
    private final String name;
    private final int index;
    private final int firstGate;
    private final List<List<Variable>> variables = new ArrayList<>();
    private final List<TrainingOperator> active = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private String x;

    GatedBlock(int index, int firstGate) {
      this.index = index;
      this.firstGate = firstGate;
      name = "b" + index;
    }

    private List<Operator> candidates() {
      return blocks.get(index);
    }

    private String prefix(int candidate) {
      return name + "/c" + candidate;
    }

    @Override
    public String forward(String x) {
      this.x = x;
      List<String> merged = new ArrayList<>();
      for (int c = 0; c < candidates().size(); c++) {
        Operator operator = candidates().get(c);
        variables.add(declare(index, c));
        String open = let(prefix(c) + "/input", x, ACTIVE_GATES, c);
        TrainingOperator training =
            new TrainingOperator(
                TrainingGraph.this, prefix(c) + "/active", operator, variables.get(c));
        active.add(training);
        String y = operator.isZero() ? null : training.forward(open);
        outputs.add(y);
        merged.add(withShortcut(operator, prefix(c) + "/sum", y, open));
      }
      return merge(name + "/output", merged);
    }

    @Override
    public String backward(String outputGradient, boolean inputGradientNeeded) {
      List<String> merged = new ArrayList<>();
      String late =
          writer.node("Identity", name + "/late").input(x).after(outputGradient).floats().add();
      for (int c = 0; c < candidates().size(); c++) {
        Operator operator = candidates().get(c);
        String gradient = let(prefix(c) + "/output-grad", outputGradient, ACTIVE_GATES, c);
        String own =
            operator.isZero() ? null : active.get(c).backward(gradient, inputGradientNeeded);
        if (inputGradientNeeded) {
          merged.add(withShortcut(operator, prefix(c) + "/sum-grad", own, gradient));
        }
        gateGradients[firstGate + c] =
            operator.isZero() ? "zero" : gateGradient(c, gradient, late, outputGradient);
      }
      return inputGradientNeeded ? merge(name + "/input-grad", merged) : null;
    }

    /** ∂L/∂g_c = Σ ∂L/∂y ⊙ o_c(x), whether the candidate is active, sampled beside it, or not. */
    private String gateGradient(int c, String gradient, String late, String outputGradient) {
      String own = prefix(c) + "/gate";
      String ofActive =
          orZero(own + "/active", dot(own + "/active", gradient, outputs.get(c)), ACTIVE_GATES, c);
      TrainingOperator sampled =
          new TrainingOperator(
              TrainingGraph.this, prefix(c) + "/sampled", candidates().get(c), variables.get(c));
      String y = sampled.forward(let(prefix(c) + "/late-input", late, INACTIVE_GATES, c));
      String lateGradient = let(prefix(c) + "/late-grad", outputGradient, INACTIVE_GATES, c);
      String ofSampled =
          orZero(own + "/sampled", dot(own + "/sampled", lateGradient, y), INACTIVE_GATES, c);
      return add(own, ofActive, ofSampled);
    }

    private String dot(String own, String a, String b) {
      String product = writer.node("Mul", own + "/product").input(a, b).floats().add();
      return writer.node("Sum", own + "/sum").input(product, sizes(0, 1, 2, 3)).floats().add();
    }

    /** The value where the gate is open, 0 where it is closed: alive in any case. */
    private String orZero(String own, String value, String gates, int c) {
      String zero =
          writer.node("Switch", own + "/closed").input("zero", gate(gates, c)).floats().add();
      return merge(own + "/value", List.of(zero, value));
    }

    /** Lets a tensor through where the gate is open. */
    private String let(String own, String tensor, String gates, int c) {
      String gated =
          writer.node("Switch", own + "/switch").input(tensor, gate(gates, c)).floats().add();
      return writer.node("Identity", own).input(gated + ":1").floats().add();
    }

    private String gate(String gates, int c) {
      int gate = firstGate + c;
      return gate == 0 ? gates : gates + ":" + gate;
    }

    private String merge(String own, List<String> tensors) {
      return writer
          .node("Merge", own)
          .input(tensors.toArray(String[]::new))
          .floats()
          .attribute("N", tensors.size())
          .add();
    }
  }
}
