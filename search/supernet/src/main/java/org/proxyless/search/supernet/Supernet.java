package org.proxyless.search.supernet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.WeightTrainer;
import org.proxyless.search.supernet.graph.AlikeCandidates;
import org.proxyless.search.supernet.graph.CandidatePart;
import org.proxyless.search.supernet.graph.InputGates;
import org.proxyless.search.supernet.graph.Kernels;
import org.proxyless.search.supernet.graph.TrainingBlock;
import org.proxyless.search.supernet.graph.TrainingGraph;
import org.proxyless.search.supernet.graph.Variable;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.RunOptions.TraceLevel;

/**
 * A network in training, some of whose blocks choose among candidate operators (Cai et al.,
 * ProxylessNAS, 2019). It offers few verbs: train the weights of one path on a batch; the loss and
 * the gate gradients of sampled paths on a batch; score a path on a batch.
 *
 * <p>A path names the active candidate of every edge, an edge being a decision of the graph that
 * one block or several follow. A supernet without edges is a plain network; its path is empty.
 * Batch normalisation uses the batch's own statistics throughout.
 *
 * <p>Not safe for use by several threads at once. Holds native memory until closed.
 */
public sealed class Supernet implements WeightTrainer, AutoCloseable permits MixtureSupernet {
  private final BlockGraph blocks;
  private final Settings settings;
  private final TrainingGraph layout;
  private final int[] edgeSizes;
  private final InputGates inputGates;
  private final Graph graph = new Graph();
  private final Session session;
  private final VariableStore store;
  private final StepInputs inputs;

  /**
   * How a supernet is trained.
   *
   * @param batchSize images a step
   * @param threads that a step may use
   * @param weightDecay added to the gradient as a share of the weight
   * @param labelSmoothing share of the label spread over all classes in weight steps
   * @param weighsImages whether images may count differently in weight steps
   */
  public record Settings(
      int batchSize, int threads, double weightDecay, double labelSmoothing, boolean weighsImages) {
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

    /** All images count alike. */
    public Settings(int batchSize, int threads, double weightDecay, double labelSmoothing) {
      this(batchSize, threads, weightDecay, labelSmoothing, false);
    }

    /** The paper's decay and smoothing. */
    public Settings(int batchSize, int threads) {
      this(batchSize, threads, DEFAULT_WEIGHT_DECAY, DEFAULT_LABEL_SMOOTHING);
    }
  }

  /**
   * Builds the graph and gives every weight its first value. Each candidate has weights of its own.
   *
   * @param blocks a chain; each block's candidates
   * @param random the source of the first weights
   */
  public Supernet(List<List<Operator>> blocks, Settings settings, RandomGenerator random) {
    this(BlockGraph.chain(blocks), settings, random);
  }

  /** The same of any graph. */
  public Supernet(BlockGraph blocks, Settings settings, RandomGenerator random) {
    this(blocks, settings, random, Kernels.ofThisMachine());
  }

  /**
   * The same, but candidates of an edge with layers of the same kinds have one set of weights
   * together, that of the largest: the others use the middle of its windows and the first of its
   * channels (Stamoulis et al., Single-Path NAS, 2019, section 3.1; Cai et al., Once-for-All, 2020,
   * section 3.3, without its kernel transformations). A step of any of them trains what they have
   * in common; to the rest of the largest one's weights its gradient is 0, while their momentum and
   * decay go on.
   */
  public static Supernet nested(
      List<List<Operator>> blocks, Settings settings, RandomGenerator random) {
    return nested(BlockGraph.chain(blocks), settings, random);
  }

  /** The same of any graph. */
  public static Supernet nested(BlockGraph blocks, Settings settings, RandomGenerator random) {
    return new Supernet(
        blocks,
        settings,
        TrainingGraph.Choice.NESTED,
        inputs(blocks, settings),
        random,
        Kernels.ofThisMachine());
  }

  /** A plain network: every block has one candidate, and the path is empty. */
  public static Supernet of(Network network, Settings settings, RandomGenerator random) {
    return new Supernet(BlockGraph.of(network), settings, random);
  }

  public Supernet(BlockGraph blocks, Settings settings, RandomGenerator random, Kernels kernels) {
    this(blocks, settings, TrainingGraph.Choice.GATED, inputs(blocks, settings), random, kernels);
  }

  public Supernet(
      BlockGraph blocks,
      Settings settings,
      TrainingGraph.Choice choice,
      StepInputs inputs,
      RandomGenerator random,
      Kernels kernels) {
    this.blocks = blocks;
    this.settings = settings;
    this.inputs = inputs;
    edgeSizes = blocks.sizes();
    inputGates = new InputGates(blocks);
    layout =
        new TrainingGraph(
            blocks,
            settings.batchSize(),
            (float) settings.weightDecay(),
            choice,
            settings.weighsImages(),
            kernels);
    graph.importGraphDef(layout.build());
    session = new Session(graph, configuration(settings.threads()));
    store = new VariableStore(session, layout.variables());
    // Candidates that all work at once would only repeat each other if they started alike.
    store.initialise(
        choice == TrainingGraph.Choice.MIXED
            ? variable -> variable.initial(random)
            : new AlikeCandidates(layout.parts(), random)::first);
  }

  private static StepInputs inputs(BlockGraph blocks, Settings settings) {
    return new StepInputs(settings.batchSize(), blocks, settings.weighsImages());
  }

  private static ConfigProto configuration(int threads) {
    // The graph is written as it is to run: TensorFlow's own rewriting would cost seconds at the
    // first step and could move work across the gates.
    RewriterConfig untouched = RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
    // Of the whole graph the session keeps only its description, of each kind of step only what it
    // runs: with the defaults it would keep three more copies as graphs.
    // Two operators at a time, since going backward the gradients of input and filter are
    // independent; with two threads that is much faster than splitting each small operator.
    int operators = Math.min(2, threads);
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(threads - operators + 1)
        .setInterOpParallelismThreads(operators)
        .setGraphOptions(
            GraphOptions.newBuilder().setRewriteOptions(untouched).setPlacePrunedGraph(true))
        .setExperimental(
            ConfigProto.Experimental.newBuilder().setDisableOutputPartitionGraphs(true))
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
   * {@inheritDoc} With label smoothing.
   *
   * @param batch of exactly the settings' batch size
   * @throws DivergedException if the loss or a gradient is not finite; a step whose loss is not
   *     finite changes nothing
   */
  @Override
  public PathScore trainWeights(int[] path, Batch batch, double learningRate) {
    return trained(weightStep(path, batch, learningRate), Ran.path(path));
  }

  /**
   * A weight step whose images are to be classified as more than a label each; their weights count
   * where the settings say so.
   *
   * @param batch of exactly the settings' batch size
   * @throws DivergedException as {@link #trainWeights(int[], Batch, double)}
   */
  public PathScore trainWeights(int[] path, Batch batch, SoftTargets targets, double learningRate) {
    inputs.path(path);
    inputs.batch(batch, targets);
    return trained(descend(stepOnInputs(learningRate), path), Ran.path(path));
  }

  /**
   * A weight step that also tells what ran: the time of every node that was executed, in
   * microseconds, from the run's step statistics. Slower than {@link #trainWeights}.
   */
  public Map<String, Long> traceWeightStep(int[] path, Batch batch, double learningRate) {
    RunOptions traced = RunOptions.newBuilder().setTraceLevel(TraceLevel.FULL_TRACE).build();
    Map<String, Long> micros = new TreeMap<>();
    try (Result result =
        weightStep(path, batch, learningRate).setOptions(traced).runAndFetchMetadata()) {
      for (DeviceStepStats device :
          result.getMetadata().orElseThrow().getStepStats().getDevStatsList()) {
        for (NodeExecStats node : device.getNodeStatsList()) {
          micros.merge(node.getNodeName(), node.getOpEndRelMicros(), Math::max);
        }
      }
    }
    return micros;
  }

  private Session.Runner weightStep(int[] path, Batch batch, double learningRate) {
    inputs.path(path);
    return descend(trainingStep(batch, learningRate), path);
  }

  /** Adds the updates of a path's weights to a step. */
  Session.Runner descend(Session.Runner runner, int[] path) {
    return runner.addTarget(TrainingGraph.DESCEND);
  }

  /** Runs a step on training data whose checks fail it where a number is not finite. */
  final PathScore trained(Session.Runner step, Ran ran) {
    try (Result result = step.run()) {
      return score(result);
    } catch (TFInvalidArgumentException e) {
      throw divergence().of(e, ran);
    }
  }

  /** A step on training data that tells loss and accuracy and changes nothing yet. */
  final Session.Runner trainingStep(Batch batch, double learningRate) {
    inputs.batch(batch, settings.labelSmoothing());
    return stepOnInputs(learningRate);
  }

  private Session.Runner stepOnInputs(double learningRate) {
    inputs.rate(learningRate);
    return inputs
        .feedWithRate(session.runner())
        .fetch(TrainingGraph.LOSS)
        .fetch(TrainingGraph.CORRECT);
  }

  private Divergence divergence() {
    return new Divergence(blocks, layout, inputs::images, this::forward);
  }

  /** A tensor of the step whose inputs are still there. */
  private float[] forward(String tensor) {
    try (Result result = inputs.feed(session.runner()).fetch(tensor).run()) {
      return floats(result.get(0));
    }
  }

  /**
   * {@inheritDoc} Without label smoothing.
   *
   * @throws DivergedException if the loss or a gradient is not finite
   */
  @Override
  public GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch) {
    inputs.batch(batch, 0);
    inputs.gates(path, sampled);
    try (Result result = fetchGateGradients().run()) {
      return gateGradients(result, Ran.path(path));
    }
  }

  /** A step that tells loss, accuracy and gate gradients of what the inputs say. */
  final Session.Runner fetchGateGradients() {
    return inputs
        .feed(session.runner())
        .fetch(TrainingGraph.LOSS)
        .fetch(TrainingGraph.CORRECT)
        .fetch(TrainingGraph.GATE_GRADIENTS);
  }

  /** What such a step found, if it is finite. */
  final GateGradients gateGradients(Result result, Ran ran) {
    PathScore score = finite(score(result), ran);
    float[] gradients = floats(result.get(2));
    if (!Divergence.isFinite(gradients)) {
      throw divergence().ofGates(inputGates.byDecision(gradients, ran.path()), ran);
    }
    return new GateGradients(score, inputGates.byDecision(gradients, ran.path()));
  }

  final Session session() {
    return session;
  }

  final Settings settings() {
    return settings;
  }

  /**
   * {@inheritDoc} Without label smoothing.
   *
   * @throws DivergedException if the loss is not finite
   */
  @Override
  public PathScore score(int[] path, Batch batch) {
    inputs.batch(batch, 0);
    inputs.path(path);
    try (Result result =
        inputs
            .feed(session.runner())
            .fetch(TrainingGraph.LOSS)
            .fetch(TrainingGraph.CORRECT)
            .run()) {
      return finite(score(result), Ran.path(path));
    }
  }

  /**
   * How a path classifies a batch.
   *
   * @param loss mean cross-entropy, in nats, without label smoothing
   * @param predicted the likeliest class of each image
   */
  public record Classified(double loss, int[] predicted) {}

  /**
   * Says how a path classifies a batch.
   *
   * @throws DivergedException if the loss is not finite
   */
  public Classified classify(int[] path, Batch batch) {
    inputs.batch(batch, 0);
    inputs.path(path);
    try (Result result =
        inputs
            .feed(session.runner())
            .fetch(TrainingGraph.LOSS)
            .fetch(TrainingGraph.PREDICTED)
            .run()) {
      double loss = finite(new PathScore(floats(result.get(0))[0], 0), Ran.path(path)).loss();
      int[] predicted = new int[batch.size()];
      result.get(1).asRawTensor().data().asInts().read(predicted);
      return new Classified(loss, predicted);
    }
  }

  /** The number of classes. */
  public int classes() {
    return blocks.classes();
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
    inputs.batch(batch, 0);
    Session.Runner runner = inputs.feed(session.runner());
    List<TrainingBlock.Statistic> fetched = layout.statistics();
    fetched.forEach(statistic -> runner.fetch(statistic.tensor()));
    Map<NetworkWeights.Key, float[]> statistics = new HashMap<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < result.size(); i++) {
        statistics.put(fetched.get(i).key(), floats(result.get(i)));
      }
    }
    return statistics;
  }

  /** The trained numbers of one path, keyed as a network of its own; no batch-norm statistics. */
  public NetworkWeights weights(int[] path) {
    NetworkWeights weights = new NetworkWeights();
    Map<Integer, Integer> places = places(path);
    List<CandidatePart> own = partsOf(path, places);
    Map<String, float[]> values = store.read(variables(own));
    LooseWeights loose = new LooseWeights(blocks, path);
    own.forEach(
        part ->
            loose.put(
                part.key(),
                part.of(values.get(part.variable().name())),
                places.get(part.block()),
                weights));
    return weights;
  }

  /** The place in a path's network of each block that is in it. */
  private Map<Integer, Integer> places(int[] path) {
    List<Integer> origins = blocks.derive("path", path).origins();
    Map<Integer, Integer> places = new HashMap<>();
    for (int place = 0; place < origins.size(); place++) {
      places.put(origins.get(place), place);
    }
    return places;
  }

  private List<CandidatePart> partsOf(int[] path, Map<Integer, Integer> places) {
    return partsOf(path).stream().filter(part -> places.containsKey(part.block())).toList();
  }

  /** The trained numbers of all candidates. */
  public SharedWeights sharedWeights() {
    SharedWeights shared = new SharedWeights();
    Map<String, float[]> values = store.read(layout.variables());
    layout
        .parts()
        .forEach(
            part ->
                shared.put(
                    part.candidate(), part.key(), part.of(values.get(part.variable().name()))));
    return shared;
  }

  /**
   * Sets the trained numbers of all candidates to those that are shared elsewhere, as far as they
   * fit: numbers that are not there, or not as many, leave what is here as it is. The momentum of
   * what is set becomes 0.
   *
   * @param shared by candidates and places of this supernet
   * @return how many parts of candidates were not set
   */
  public int assign(SharedWeights shared) {
    Map<String, float[]> before = store.read(layout.variables());
    Map<Variable, float[]> values = new HashMap<>();
    int unset = 0;
    for (CandidatePart part : layout.parts()) {
      float[] own = shared.all().get(new SharedWeights.Key(part.candidate(), part.key()));
      if (own != null && own.length == part.own().size()) {
        part.put(own, values.computeIfAbsent(part.variable(), v -> before.get(v.name())));
      } else {
        unset++;
      }
    }
    store.assign(values);
    return unset;
  }

  /** Sets the trained numbers of one path; the momentum of its weights becomes 0. */
  public void assign(int[] path, NetworkWeights weights) {
    Map<Integer, Integer> places = places(path);
    List<CandidatePart> own = partsOf(path, places);
    Map<String, float[]> before = store.read(variables(own));
    LooseWeights loose = new LooseWeights(blocks, path);
    Map<Variable, float[]> values = new HashMap<>();
    for (CandidatePart part : own) {
      float[] all = before.get(part.variable().name());
      part.put(loose.get(part.key(), places.get(part.block()), weights, part.of(all)), all);
      values.put(part.variable(), all);
    }
    store.assign(values);
  }

  /** Everything that training has changed: weights and momentum by name. */
  public Map<String, float[]> state() {
    return store.state();
  }

  /**
   * Sets all weights and momentum to what {@link #state} told.
   *
   * @throws IllegalArgumentException if these are not the ones of this supernet
   */
  public void restore(Map<String, float[]> state) {
    store.restore(state);
  }

  final List<CandidatePart> partsOf(int[] path) {
    int[] candidates = blocks.candidates(path);
    return layout.parts().stream()
        .filter(part -> candidates[part.block()] == part.candidate())
        .toList();
  }

  private static List<Variable> variables(List<CandidatePart> parts) {
    return parts.stream().map(CandidatePart::variable).toList();
  }

  private PathScore finite(PathScore score, Ran ran) {
    if (!Double.isFinite(score.loss())) {
      throw divergence().ofLoss(ran);
    }
    return score;
  }

  private PathScore score(Result result) {
    double correct = floats(result.get(1))[0];
    return new PathScore(floats(result.get(0))[0], correct / settings.batchSize());
  }

  static float[] floats(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    inputs.close();
  }
}
