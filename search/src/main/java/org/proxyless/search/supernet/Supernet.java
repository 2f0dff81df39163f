package org.proxyless.search.supernet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.PathEvaluator;
import org.proxyless.search.strategy.PathScore;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.RunOptions.TraceLevel;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * A network in training, some of whose blocks choose among candidate operators that share nothing
 * but their place (Cai et al., ProxylessNAS, 2019). It offers few verbs: train the weights of one
 * path on a batch; the loss and the gate gradients of sampled paths on a batch; score a path on a
 * batch.
 *
 * <p>A path names the active candidate of every edge, an edge being a block with several
 * candidates, in the order of the blocks. A supernet without edges is a plain network; its path is
 * empty. Batch normalisation uses the batch's own statistics throughout.
 *
 * <p>Not safe for use by several threads at once. Holds native memory until closed.
 */
public final class Supernet implements PathEvaluator, AutoCloseable {
  private final List<List<Operator>> blocks;
  private final Settings settings;
  private final TrainingGraph layout;
  private final int[] edgeSizes;
  private final Graph graph = new Graph();
  private final Session session;
  private final TFloat32 images;
  private final TFloat32 labels;
  private final TFloat32 rate;
  private final float[] labelBuffer;
  private final int classes;

  /**
   * How a supernet is trained.
   *
   * @param batchSize images a step
   * @param threads that a step may use
   * @param weightDecay added to the gradient as a share of the weight
   * @param labelSmoothing share of the label spread over all classes in weight steps
   */
  public record Settings(int batchSize, int threads, double weightDecay, double labelSmoothing) {
    /** Of the paper's searches. */
    public static final double DEFAULT_WEIGHT_DECAY = 4e-5;

    /** Of the paper's searches. */
    public static final double DEFAULT_LABEL_SMOOTHING = 0.1;

    public Settings {
      if (batchSize < 1 || threads < 1) {
        throw new IllegalArgumentException(
            "batch size " + batchSize + " and threads " + threads + " must be at least 1");
      }
    }

    /** The paper's decay and smoothing. */
    public Settings(int batchSize, int threads) {
      this(batchSize, threads, DEFAULT_WEIGHT_DECAY, DEFAULT_LABEL_SMOOTHING);
    }
  }

  /**
   * Builds the graph and gives every weight its first value.
   *
   * @param blocks the chain; each block's candidates
   * @param random the source of the first weights
   */
  public Supernet(List<List<Operator>> blocks, Settings settings, RandomGenerator random) {
    this.blocks = blocks;
    this.settings = settings;
    edgeSizes = blocks.stream().mapToInt(List::size).filter(size -> size > 1).toArray();
    layout =
        new TrainingGraph(
            blocks, settings.batchSize(), (float) settings.weightDecay(), Kernels.ofThisMachine());
    graph.importGraphDef(layout.build());
    session = new Session(graph, configuration(settings.threads()));
    Shape input = blocks.get(0).get(0).input();
    classes = blocks.get(blocks.size() - 1).get(0).outputChannels();
    images =
        TFloat32.tensorOf(
            org.tensorflow.ndarray.Shape.of(
                settings.batchSize(), input.height(), input.width(), input.channels()));
    labels = TFloat32.tensorOf(org.tensorflow.ndarray.Shape.of(settings.batchSize(), classes));
    rate = TFloat32.scalarOf(0);
    labelBuffer = new float[settings.batchSize() * classes];
    initialise(random);
  }

  private static ConfigProto configuration(int threads) {
    // The graph is written as it is to run: TensorFlow's own rewriting would cost seconds at the
    // first step and could move work across the gates.
    RewriterConfig untouched = RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(1)
        .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(untouched))
        .build();
  }

  @Override
  public int[] edgeSizes() {
    return edgeSizes.clone();
  }

  /** Images a step. */
  public int batchSize() {
    return settings.batchSize();
  }

  /**
   * Trains the weights of one path on a batch, with label smoothing; all other weights stay as they
   * are, their momentum too.
   *
   * @param batch of exactly the settings' batch size
   * @param learningRate of this step
   */
  public PathScore trainWeights(int[] path, Batch batch, double learningRate) {
    fill(batch, settings.labelSmoothing());
    rate.setFloat((float) learningRate);
    try (Gates gates = new Gates(path, null);
        Result result =
            gates
                .feed(runner())
                .feed(TrainingGraph.RATE, rate)
                .fetch(TrainingGraph.LOSS)
                .fetch(TrainingGraph.CORRECT)
                .addTarget(TrainingGraph.DESCEND)
                .run()) {
      return score(result);
    }
  }

  /**
   * A weight step that also tells what ran: the time of every node that was executed, in
   * microseconds, from the run's step statistics. Slower than {@link #trainWeights}.
   */
  public Map<String, Long> traceWeightStep(int[] path, Batch batch, double learningRate) {
    fill(batch, settings.labelSmoothing());
    rate.setFloat((float) learningRate);
    RunOptions traced = RunOptions.newBuilder().setTraceLevel(TraceLevel.FULL_TRACE).build();
    Map<String, Long> micros = new TreeMap<>();
    try (Gates gates = new Gates(path, null);
        Result result =
            gates
                .feed(runner())
                .feed(TrainingGraph.RATE, rate)
                .addTarget(TrainingGraph.DESCEND)
                .fetch(TrainingGraph.LOSS)
                .setOptions(traced)
                .runAndFetchMetadata()) {
      for (DeviceStepStats device :
          result.getMetadata().orElseThrow().getStepStats().getDevStatsList()) {
        for (NodeExecStats node : device.getNodeStatsList()) {
          micros.merge(node.getNodeName(), node.getOpEndRelMicros(), Math::max);
        }
      }
    }
    return micros;
  }

  /** {@inheritDoc} Without label smoothing. */
  @Override
  public GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch) {
    fill(batch, 0);
    try (Gates gates = new Gates(path, sampled);
        Result result =
            gates
                .feed(runner())
                .fetch(TrainingGraph.LOSS)
                .fetch(TrainingGraph.CORRECT)
                .fetch(TrainingGraph.GATE_GRADIENTS)
                .run()) {
      return new GateGradients(score(result), byEdge(floats(result.get(2))));
    }
  }

  /** {@inheritDoc} Without label smoothing. */
  @Override
  public PathScore score(int[] path, Batch batch) {
    fill(batch, 0);
    try (Gates gates = new Gates(path, null);
        Result result =
            gates.feed(runner()).fetch(TrainingGraph.LOSS).fetch(TrainingGraph.CORRECT).run()) {
      return score(result);
    }
  }

  /**
   * The batch statistics of every normalisation of a plain network, averaged over batches.
   *
   * @throws IllegalStateException if the supernet has edges: derive a network first
   */
  public Map<NetworkWeights.Key, float[]> batchStatistics(Batch batch) {
    if (edgeSizes.length > 0) {
      throw new IllegalStateException("batch statistics belong to a network without edges");
    }
    fill(batch, 0);
    Session.Runner runner = runner();
    layout.statistics().forEach(statistic -> runner.fetch(statistic.tensor()));
    Map<NetworkWeights.Key, float[]> statistics = new HashMap<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < result.size(); i++) {
        statistics.put(layout.statistics().get(i).key(), floats(result.get(i)));
      }
    }
    return statistics;
  }

  /** The trained numbers of one path, keyed as a network of its own; no batch-norm statistics. */
  public NetworkWeights weights(int[] path) {
    List<Variable> own = variablesOf(path);
    NetworkWeights weights = new NetworkWeights();
    List<float[]> values = read(own.stream().map(Variable::name).toList());
    for (int i = 0; i < own.size(); i++) {
      weights.put(key(own.get(i)), values.get(i));
    }
    return weights;
  }

  /** The trained numbers of all candidates. */
  public SharedWeights sharedWeights() {
    SharedWeights shared = new SharedWeights();
    List<float[]> values = read(layout.variables().stream().map(Variable::name).toList());
    for (int i = 0; i < values.size(); i++) {
      Variable variable = layout.variables().get(i);
      shared.put(variable.candidate(), key(variable), values.get(i));
    }
    return shared;
  }

  /** Sets the trained numbers of one path; the momentum of its weights becomes 0. */
  public void assign(int[] path, NetworkWeights weights) {
    Map<String, float[]> values = new HashMap<>();
    Map<String, long[]> extents = new HashMap<>();
    for (Variable variable : variablesOf(path)) {
      float[] value = weights.get(key(variable));
      values.put(variable.name(), value);
      values.put(variable.momentum(), new float[value.length]);
      extents.put(variable.name(), variable.extents());
      extents.put(variable.momentum(), variable.extents());
    }
    assign(values, extents);
  }

  /** Everything that training has changed: weights and momentum by name, for tests and resuming. */
  Map<String, float[]> state() {
    List<String> names = new ArrayList<>();
    for (Variable variable : layout.variables()) {
      names.add(variable.name());
      names.add(variable.momentum());
    }
    List<float[]> values = read(names);
    Map<String, float[]> state = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      state.put(names.get(i), values.get(i));
    }
    return state;
  }

  private static NetworkWeights.Key key(Variable variable) {
    return new NetworkWeights.Key(variable.block(), variable.layer(), variable.part());
  }

  private List<Variable> variablesOf(int[] path) {
    int[] candidates = new int[blocks.size()];
    int edge = 0;
    for (int b = 0; b < blocks.size(); b++) {
      candidates[b] = blocks.get(b).size() > 1 ? path[edge++] : 0;
    }
    return layout.variables().stream()
        .filter(variable -> candidates[variable.block()] == variable.candidate())
        .toList();
  }

  private void initialise(RandomGenerator random) {
    // Block by block, so that only a block's weights are held twice.
    for (int b = 0; b < blocks.size(); b++) {
      Map<String, float[]> values = new HashMap<>();
      Map<String, long[]> extents = new HashMap<>();
      for (Variable variable : layout.variables()) {
        if (variable.block() == b) {
          float[] value = variable.initial(random);
          values.put(variable.name(), value);
          values.put(variable.momentum(), new float[value.length]);
          extents.put(variable.name(), variable.extents());
          extents.put(variable.momentum(), variable.extents());
        }
      }
      if (!values.isEmpty()) {
        assign(values, extents);
      }
    }
  }

  private void assign(Map<String, float[]> values, Map<String, long[]> extents) {
    List<Tensor> fed = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (Map.Entry<String, float[]> entry : values.entrySet()) {
        TFloat32 tensor =
            TFloat32.tensorOf(org.tensorflow.ndarray.Shape.of(extents.get(entry.getKey())));
        fed.add(tensor);
        tensor.asRawTensor().data().asFloats().write(entry.getValue());
        runner.feed(entry.getKey() + "/value", tensor).addTarget(entry.getKey() + "/assign");
      }
      runner.run().close();
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private List<float[]> read(List<String> names) {
    Session.Runner runner = session.runner();
    names.forEach(name -> runner.fetch(name + "/read"));
    try (Result result = runner.run()) {
      List<float[]> values = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        values.add(floats(result.get(i)));
      }
      return values;
    }
  }

  private Session.Runner runner() {
    return session.runner().feed(TrainingGraph.IMAGES, images).feed(TrainingGraph.LABELS, labels);
  }

  private void fill(Batch batch, double smoothing) {
    if (batch.size() != settings.batchSize()) {
      throw new IllegalArgumentException(
          "a batch of " + batch.size() + " images for steps of " + settings.batchSize());
    }
    images.asRawTensor().data().asFloats().write(batch.images());
    Arrays.fill(labelBuffer, (float) (smoothing / classes));
    for (int i = 0; i < batch.size(); i++) {
      labelBuffer[i * classes + batch.labels()[i]] += (float) (1 - smoothing);
    }
    labels.asRawTensor().data().asFloats().write(labelBuffer);
  }

  private PathScore score(Result result) {
    double correct = floats(result.get(1))[0];
    return new PathScore(floats(result.get(0))[0], correct / settings.batchSize());
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  private double[][] byEdge(float[] flat) {
    double[][] values = new double[edgeSizes.length][];
    int next = 0;
    for (int e = 0; e < edgeSizes.length; e++) {
      values[e] = new double[edgeSizes[e]];
      for (int c = 0; c < edgeSizes[e]; c++) {
        values[e][c] = flat[next++];
      }
    }
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    images.close();
    labels.close();
    rate.close();
  }

  /** The two vectors that open the gates of one step. */
  private final class Gates implements AutoCloseable {
    private final TBool active;
    private final TBool inactive;

    Gates(int[] path, boolean[][] sampled) {
      if (path.length != edgeSizes.length) {
        throw new IllegalArgumentException(
            "a path of " + path.length + " choices for " + edgeSizes.length + " edges");
      }
      int gates = Arrays.stream(edgeSizes).sum();
      boolean[] open = new boolean[gates];
      boolean[] beside = new boolean[gates];
      int first = 0;
      for (int e = 0; e < path.length; e++) {
        open[first + path[e]] = true;
        for (int c = 0; sampled != null && c < edgeSizes[e]; c++) {
          beside[first + c] = sampled[e][c] && c != path[e];
        }
        first += edgeSizes[e];
      }
      active = TBool.vectorOf(open);
      inactive = TBool.vectorOf(beside);
    }

    Session.Runner feed(Session.Runner runner) {
      return edgeSizes.length == 0
          ? runner
          : runner.feed(TrainingGraph.ACTIVE, active).feed(TrainingGraph.INACTIVE, inactive);
    }

    @Override
    public void close() {
      active.close();
      inactive.close();
    }
  }
}
