package org.proxyless.search.supernet.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
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
 *
 * <p>Or, for searches that mix, all candidates run and add up, each with the share it is fed.
 */
public final class TrainingGraph {
  /** Input: float [batch, height, width, channels]. */
  public static final String IMAGES = "images";

  /** Input: float [batch, classes], a distribution over the classes for each image. */
  public static final String LABELS = "labels";

  /** Input: float [batch, 1], how much each image counts, in a graph that weighs them. */
  public static final String IMAGE_WEIGHTS = "image-weights";

  /** Input: float [], the learning rate of a weight step. */
  public static final String RATE = "rate";

  /** Input: bool [gates], which candidates are active: one an edge. */
  public static final String ACTIVE = "active";

  /** Input: bool [gates], which other candidates are sampled in an architecture step. */
  public static final String INACTIVE = "inactive";

  /** Input: float [gates], the candidates' shares of their edges' outputs, in a mixture. */
  public static final String MIXTURE = "mixture";

  /**
   * Begins what the graph's checks say of numbers that are not finite, before the name of what they
   * checked.
   */
  public static final String CHECK = "not finite: ";

  /** Output: float [], mean cross-entropy of the batch. */
  public static final String LOSS = "loss";

  /** Output: int [batch], the likeliest class of each image. */
  public static final String PREDICTED = "predicted";

  /** Output: float [], how many images of the batch are classified correctly. */
  public static final String CORRECT = "correct";

  /** Output: float [gates], ∂L/∂g of the sampled candidates, 0 elsewhere. */
  public static final String GATE_GRADIENTS = "gate-gradients";

  /** Target: updates the weights of the active path. */
  public static final String DESCEND = "descend";

  static final String ACTIVE_GATES = "active-gates";
  static final String INACTIVE_GATES = "inactive-gates";
  static final String SHARES = "shares";

  private final GraphWriter writer = new GraphWriter();
  private final Kernels kernels;
  private final int batchSize;
  private final Choice choice;
  private final boolean weighsImages;
  private final BlockGraph blocks;
  private final int[] firstGates;
  private final InputGates inputGates;
  private final List<CandidatePart> parts = new ArrayList<>();
  private final List<String> updates = new ArrayList<>();
  private final List<TrainingBlock> written = new ArrayList<>();
  private final List<String> blockOutputs = new ArrayList<>();
  private final List<List<String>> outputGradients = new ArrayList<>();
  private String lastCheck;
  private final Set<String> constants = new HashSet<>();
  private LookAheadNodes lookAhead;

  /** What a block with several candidates does with them. */
  public enum Choice {
    /** It runs those whose gates are open. */
    GATED,
    /** The same, and candidates with the same kinds of layers have one set of weights together. */
    NESTED,
    /** It adds them all up. */
    MIXED
  }

  /**
   * @param blocks what is chosen from
   * @param batchSize images a step, fixed
   * @param weightDecay of every weight that a step updates
   */
  public TrainingGraph(
      BlockGraph blocks, int batchSize, float weightDecay, Choice choice, Kernels kernels) {
    this(blocks, batchSize, weightDecay, choice, false, kernels);
  }

  /**
   * The same where images may count differently.
   *
   * @param weighsImages whether the graph takes {@link #IMAGE_WEIGHTS}
   */
  public TrainingGraph(
      BlockGraph blocks,
      int batchSize,
      float weightDecay,
      Choice choice,
      boolean weighsImages,
      Kernels kernels) {
    this.weighsImages = weighsImages;
    this.blocks = blocks;
    this.choice = choice;
    this.batchSize = batchSize;
    this.kernels = kernels;
    this.firstGates = firstGates(blocks.sizes());
    this.inputGates = new InputGates(blocks);
    writeInputs(weightDecay);
    for (int b = 0; b < blocks.blocks().size(); b++) {
      TrainingBlock block = block(b);
      written.add(block);
      blockOutputs.add(block.forward(inputs(b)));
      outputGradients.add(new ArrayList<>());
    }
    int last = written.size() - 1;
    outputGradients.get(last).add(writeLoss(blockOutputs.get(last)));
    for (int b = last; b >= 0; b--) {
      backward(b);
    }
    writeOutputs();
  }

  private static int[] firstGates(int[] sizes) {
    int[] firsts = new int[sizes.length];
    for (int d = 1; d < firsts.length; d++) {
      firsts[d] = firsts[d - 1] + sizes[d - 1];
    }
    return firsts;
  }

  private TrainingBlock block(int b) {
    BlockGraph.Block block = blocks.blocks().get(b);
    List<Operator> candidates = block.candidates();
    if (!block.isChoice()) {
      Operator operator = candidates.get(0);
      return operator.type().inputs() > 1
          ? new JoinBlock(this, operator, b, inputGates.looseGates(b))
          : new FixedBlock(this, operator, b);
    }
    if (candidates.get(0).type().selects()) {
      return new SelectBlock(this, candidates, b);
    }
    if (inputGates.isSelectable(b)) {
      return new GatedBlock(this, candidates, b, inputGates.first(b), true);
    }
    int gate = firstGates[block.decision()];
    return choice == Choice.MIXED
        ? new MixedBlock(this, candidates, b, gate)
        : new GatedBlock(this, candidates, b, gate, false);
  }

  private List<String> inputs(int b) {
    return blocks.blocks().get(b).inputs().stream()
        .map(input -> input == Network.IMAGE ? IMAGES : blockOutputs.get(input))
        .toList();
  }

  /** Writes what runs backward in a block, and hands the gradients on to what it takes. */
  private void backward(int b) {
    List<Integer> inputs = blocks.blocks().get(b).inputs();
    List<String> parts = outputGradients.get(b);
    if (parts.isEmpty()) {
      return; // of what nothing takes there is none
    }
    String gradient = parts.size() == 1 ? parts.get(0) : sum("b" + b + "/output-grad", parts);
    boolean needed = inputs.stream().anyMatch(input -> input != Network.IMAGE);
    List<String> ofInputs = written.get(b).backward(gradient, needed);
    for (int i = 0; i < inputs.size() && needed; i++) {
      outputGradients.get(inputs.get(i)).add(ofInputs.get(i));
    }
  }

  /** Writes the sum of some tensors. */
  String sum(String name, List<String> tensors) {
    return writer
        .node("AddN", name)
        .input(tensors.toArray(String[]::new))
        .floats()
        .attribute("N", tensors.size())
        .add();
  }

  public GraphDef build() {
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

  /** The parts of all candidates in the order of blocks, candidates, layers and parts. */
  public List<CandidatePart> parts() {
    return parts;
  }

  /** All variables in the same order. */
  public List<Variable> variables() {
    return parts.stream().filter(CandidatePart::isWhole).map(CandidatePart::variable).toList();
  }

  /** The batch statistics of all blocks with one candidate. */
  public List<TrainingBlock.Statistic> statistics() {
    return written.stream().flatMap(block -> block.statistics().stream()).toList();
  }

  /** The tensor that a block gives. */
  public String blockOutput(int block) {
    return blockOutputs.get(block);
  }

  /** A constant vector of integers, written once. */
  String sizes(int... values) {
    String name = "sizes" + Arrays.toString(values).replaceAll("[^0-9]+", "_");
    return constants.add(name) ? writer.constant(name, values) : name;
  }

  /** A constant integer, written once. */
  String integer(int value) {
    String name = "integer_" + value;
    return constants.add(name) ? writer.integer(name, value) : name;
  }

  /** A constant matrix of integers, [values / 2, 2], written once. */
  String pairs(int... values) {
    String name = "pairs" + Arrays.toString(values).replaceAll("[^0-9]+", "_");
    return constants.add(name) ? writer.pairs(name, values) : name;
  }

  /**
   * Writes the update by a candidate's part, behind the last check. A layer's first part, mostly
   * its filter or weights, is checked: their gradient is finite only if all that the layer's
   * gradients are made of is. The checks run one after the other, the loss first and then in the
   * order of the backward pass, so that the one that fails a step names where it began; a loss that
   * is not finite fails the step before any update.
   */
  void descend(CandidatePart part, String ownGradient, String last) {
    Variable variable = part.variable();
    String name = part.name();
    String gradient = part.ofVariable(this, ownGradient);
    String decayed = variable.decayed(writer, name, gradient);
    if (part.part().isMatrix()
        || part.part() == NetworkWeights.parts(variable.description()).get(0)) {
      int[] axes = IntStream.range(0, variable.extents().length).toArray();
      String sum =
          writer.node("Sum", name + "/gradient-sum").input(decayed, sizes(axes)).floats().add();
      lastCheck = check(name + "/gradient-check", sum, name);
    }
    updates.add(variable.descend(writer, name, decayed, RATE, last, lastCheck));
    if (choice == Choice.MIXED) {
      lookAhead.add(variable, gradient, decayed, last, lastCheck);
    }
  }

  /** Writes a check that fails the step where a number is not finite, naming what was checked. */
  private String check(String name, String number, String checked) {
    GraphWriter.Node check = writer.node("CheckNumerics", name).input(number);
    if (lastCheck != null) {
      check.after(lastCheck);
    }
    return check.floats().attribute("message", CHECK + checked).add();
  }

  /** The check that the next one waits for. */
  String lastCheck() {
    return lastCheck;
  }

  /** Lets the next check wait for another one than the last. */
  void lastCheck(String check) {
    lastCheck = check;
  }

  private int gates() {
    return inputGates.gates();
  }

  private void writeInputs(float weightDecay) {
    Shape input = blocks.input();
    writer.placeholder(
        IMAGES, DataType.DT_FLOAT, batchSize, input.height(), input.width(), input.channels());
    writer.placeholder(LABELS, DataType.DT_FLOAT, batchSize, blocks.classes());
    writer.placeholder(RATE, DataType.DT_FLOAT);
    writer.constant("empty", new float[0], 0);
    writer.scalar("zero", 0);
    Variable.declareConstants(writer, weightDecay);
    if (choice == Choice.MIXED) {
      lookAhead = new LookAheadNodes(writer, RATE);
      String mixture = writer.placeholder(MIXTURE, DataType.DT_FLOAT, gates());
      unpack(SHARES, mixture, DataType.DT_FLOAT);
    } else if (gates() > 0) {
      unpack(ACTIVE_GATES, writer.placeholder(ACTIVE, DataType.DT_BOOL, gates()), DataType.DT_BOOL);
      unpack(
          INACTIVE_GATES,
          writer.placeholder(INACTIVE, DataType.DT_BOOL, gates()),
          DataType.DT_BOOL);
    }
  }

  private void unpack(String name, String vector, DataType type) {
    writer.node("Unpack", name).input(vector).type("T", type).attribute("num", gates()).add();
  }

  /** Writes loss and accuracy, and returns the gradient of the logits. */
  private String writeLoss(String logits) {
    String entropy =
        kernels
            .node(writer, "SoftmaxCrossEntropyWithLogits", "cross-entropy")
            .input(logits, LABELS)
            .floats()
            .add();
    writer.node("Mean", LOSS).input(weighed(entropy), sizes(0)).floats().add();
    lastCheck = check("loss/check", LOSS, LOSS);
    String hit =
        writer
            .node("Equal", "hit")
            .input(best(PREDICTED, logits), best("labelled", LABELS))
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
    String share = writer.scalar("share-of-image", 1f / batchSize);
    if (weighsImages) {
      share = writer.node("Mul", "weighed-share").input(IMAGE_WEIGHTS, share).floats().add();
    }
    return writer.node("Mul", "logits-gradient").input(entropy + ":1", share).floats().add();
  }

  /** The loss of each image times what the image counts, [batch]. */
  private String weighed(String entropy) {
    if (!weighsImages) {
      return entropy;
    }
    writer.placeholder(IMAGE_WEIGHTS, DataType.DT_FLOAT, batchSize, 1);
    String weights =
        writer
            .node("Reshape", "image-weights-in-a-row")
            .input(IMAGE_WEIGHTS, sizes(batchSize))
            .floats()
            .add();
    return writer.node("Mul", "weighed-entropy").input(entropy, weights).floats().add();
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
    if (choice == Choice.MIXED) {
      lookAhead.finish();
    }
    if (gates() > 0) {
      writer
          .node("Pack", GATE_GRADIENTS)
          .input(gateGradients().toArray(String[]::new))
          .floats()
          .attribute("N", gates())
          .add();
    }
  }

  /** Of every gate, summed over the blocks that it opens. */
  private List<String> gateGradients() {
    List<List<String>> byGate = new ArrayList<>();
    for (int gate = 0; gate < gates(); gate++) {
      byGate.add(new ArrayList<>());
    }
    for (int b = 0; b < written.size(); b++) {
      List<String> own = written.get(b).gateGradients();
      for (int c = 0; c < own.size(); c++) {
        int first =
            inputGates.isSelectable(b)
                ? inputGates.first(b)
                : firstGates[blocks.blocks().get(b).decision()];
        byGate.get(first + c).add(own.get(c));
      }
    }
    List<String> sums = new ArrayList<>();
    for (int gate = 0; gate < byGate.size(); gate++) {
      List<String> parts = byGate.get(gate);
      sums.add(
          parts.isEmpty()
              ? "zero"
              : parts.size() == 1 ? parts.get(0) : sum("gate-gradient" + gate, parts));
    }
    return sums;
  }

  /** Writes the variables of a block, and tells the parts of each candidate. */
  List<List<CandidatePart>> declare(int block) {
    List<List<CandidatePart>> declared =
        CandidateParts.of(block, blocks.blocks().get(block).candidates(), choice == Choice.NESTED);
    for (List<CandidatePart> candidate : declared) {
      parts.addAll(candidate);
      candidate.stream()
          .filter(CandidatePart::isWhole)
          .forEach(part -> part.variable().declare(writer));
    }
    return declared;
  }
}
