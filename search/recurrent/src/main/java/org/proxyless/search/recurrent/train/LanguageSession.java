package org.proxyless.search.recurrent.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.search.recurrent.text.TokenWindows.Window;
import org.proxyless.search.supernet.DivergedException;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A graph of language models in training, loaded: its variables, and one window at a time. Not safe
 * for use by several threads at once. Holds native memory until closed.
 */
final class LanguageSession implements AutoCloseable {
  /** Begins what the graph's checks say. */
  static final String MARK = "not finite: ";

  private static final Pattern CHECKED = Pattern.compile(MARK + "(the loss|a gradient)");

  private final Learning learning;
  private final List<Parameter> parameters;
  private final Graph graph = new Graph();
  private final Session session;

  /** What is fed beside a window, by name; closed after the step. */
  static final class Feeds implements AutoCloseable {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    void put(String name, float[] values, long... shape) {
      tensors.put(name, TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false)));
    }

    void put(String name, int[] values, long... shape) {
      tensors.put(name, TInt32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false)));
    }

    void put(String name, int value) {
      tensors.put(name, TInt32.scalarOf(value));
    }

    void put(String name, float value) {
      tensors.put(name, TFloat32.scalarOf(value));
    }

    private void feed(Session.Runner runner) {
      tensors.forEach(runner::feed);
    }

    @Override
    public void close() {
      tensors.values().forEach(Tensor::close);
    }
  }

  /** What a window gave. */
  record Outcome(double loss, float[] state) {}

  LanguageSession(LanguageGraph layout, Learning learning) {
    this.learning = learning;
    parameters = layout.parameters();
    graph.importGraphDef(layout.build());
    session = new Session(graph, configuration(learning.threads()));
  }

  private static ConfigProto configuration(int threads) {
    // The graph is written as it is to run; rewriting thousands of nodes would cost seconds.
    RewriterConfig untouched = RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(1)
        .setInterOpParallelismThreads(threads)
        .setGraphOptions(
            GraphOptions.newBuilder().setRewriteOptions(untouched).setPlacePrunedGraph(true))
        .build();
  }

  /** Feeds a window with the state before it. */
  void feed(Feeds feeds, Window window, float[] state) {
    int rows = learning.steps() * learning.streams();
    feeds.put(LanguageGraph.TOKENS, window.inputs(), rows);
    feeds.put(LanguageGraph.TARGETS, window.targets(), rows);
    int streams = learning.streams();
    feeds.put(LanguageGraph.STATE, state, streams, state.length / streams);
  }

  /**
   * Runs a window, and updates the weights if a target says so.
   *
   * @throws DivergedException if the loss or a gradient is not finite; then no weight has changed
   */
  Outcome run(Feeds feeds, String... targets) {
    Session.Runner runner =
        session.runner().fetch(LanguageGraph.LOSS).fetch(LanguageGraph.LAST_STATE);
    feeds.feed(runner);
    for (String target : targets) {
      runner.addTarget(target);
    }
    try (Result result = runner.run()) {
      double loss = floats(result.get(0))[0];
      if (!Double.isFinite(loss)) {
        throw new DivergedException("the loss is not finite");
      }
      return new Outcome(loss, floats(result.get(1)));
    } catch (TFInvalidArgumentException e) {
      Matcher checked = CHECKED.matcher(String.valueOf(e.getMessage()));
      throw checked.find() ? new DivergedException(checked.group(1) + " is not finite") : e;
    }
  }

  /** Other tensors of a window. */
  List<float[]> fetch(Feeds feeds, List<String> tensors) {
    Session.Runner runner = session.runner();
    feeds.feed(runner);
    tensors.forEach(runner::fetch);
    List<float[]> values = new ArrayList<>();
    try (Result result = runner.run()) {
      result.forEach(entry -> values.add(floats(entry.getValue())));
    }
    return values;
  }

  /** Moves the averages by a share towards the weights. */
  void average(double share) {
    try (TFloat32 fed = TFloat32.scalarOf((float) share)) {
      session
          .runner()
          .feed(LanguageGraph.SHARE, fed)
          .addTarget(LanguageGraph.AVERAGE)
          .run()
          .close();
    }
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /** All values by name; those of the averages too, if asked for. */
  Map<String, float[]> values(boolean averages) {
    List<String> names = new ArrayList<>(parameters.stream().map(Parameter::name).toList());
    if (averages) {
      parameters.forEach(parameter -> names.add(parameter.average()));
    }
    Session.Runner runner = session.runner();
    names.forEach(name -> runner.fetch(Parameter.read(name)));
    Map<String, float[]> values = new HashMap<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), floats(result.get(i)));
      }
    }
    return values;
  }

  /** Sets the weights. */
  void assign(Function<Parameter, float[]> values) {
    parameters.forEach(parameter -> assign(parameter, parameter.name(), values.apply(parameter)));
  }

  /** Sets the averages. */
  void assignAverages(Function<Parameter, float[]> values) {
    parameters.forEach(
        parameter -> assign(parameter, parameter.average(), values.apply(parameter)));
  }

  private void assign(Parameter parameter, String variable, float[] value) {
    if (value == null || value.length != parameter.size()) {
      throw new IllegalArgumentException(
          variable
              + " has "
              + (value == null ? "no" : value.length)
              + " numbers, not "
              + parameter.size());
    }
    try (TFloat32 tensor =
        TFloat32.tensorOf(
            Shape.of(parameter.variableExtents()), DataBuffers.of(value, true, false))) {
      session
          .runner()
          .feed(Parameter.read(variable), tensor)
          .addTarget(Parameter.assign(variable))
          .run()
          .close();
    }
  }

  private static float[] floats(Tensor tensor) {
    TFloat32 values = (TFloat32) tensor;
    float[] copy = new float[(int) values.size()];
    values.asRawTensor().data().asFloats().read(copy);
    return copy;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
