package org.proxyless.search.recurrent.train;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cell.Weight;
import org.proxyless.search.recurrent.cell.RecurrentSpace;
import org.proxyless.search.recurrent.cell.WiredCell;
import org.proxyless.search.recurrent.cell.WiredCell.Node;
import org.proxyless.search.recurrent.text.TokenWindows.Window;
import org.proxyless.search.recurrent.train.LanguageSession.Feeds;
import org.proxyless.search.recurrent.train.LanguageSession.Outcome;

/**
 * The models of a space in training, with one set of weights together: what ENAS (Pham et al.,
 * 2018) calls the child models. A path names the option of every decision of {@link
 * RecurrentSpace}. All paths go on with the same streams' states, narrower ones with their first
 * numbers.
 */
public final class SharedLanguageModel implements AutoCloseable {
  private static final String STREAMS = "state-of-streams";

  private final RecurrentSpace space;
  private final int vocabulary;
  private final Learning learning;
  private final LanguageSession session;
  private final Masks masks;
  private float[] state;

  /**
   * Builds the graph and gives every weight its first value.
   *
   * @param random of the first weights and of what is dropped
   */
  public SharedLanguageModel(
      RecurrentSpace space, int vocabulary, Learning learning, RandomGenerator random) {
    this.space = space;
    this.vocabulary = vocabulary;
    this.learning = learning;
    session =
        new LanguageSession(
            new LanguageGraph(learning, tape -> new SharedModel(tape, space, vocabulary)),
            learning);
    masks = new Masks(learning, vocabulary, random.nextLong());
    state = zeros();
    session.assign(parameter -> FirstWeights.of(parameter, random));
  }

  private float[] zeros() {
    return new float[learning.streams() * space.widest()];
  }

  /**
   * One step of a path's weights on a window; others stay as they are.
   *
   * @param step number of the step, which decides what is dropped
   * @return the mean loss of a token before the update, in nats, with what was dropped
   * @throws org.proxyless.search.supernet.DivergedException if the loss or a gradient is not finite
   */
  public double train(int[] path, Window window, double rate, long step) {
    if (window.first()) {
      state = zeros();
    }
    int width = space.decode(path).embedding();
    try (Feeds feeds = feeds(path, window, narrowed(width))) {
      masks.feed(feeds, window.inputs(), width, step);
      feeds.put(LanguageGraph.RATE, (float) rate);
      Outcome outcome = session.run(feeds, LanguageGraph.DESCEND);
      widen(outcome.state(), width);
      return outcome.loss();
    }
  }

  /**
   * How a path does on windows, one after the other from a state of zeros; nothing is dropped.
   *
   * @return the mean loss of a token, in nats
   */
  public double loss(int[] path, List<Window> windows) {
    int width = space.decode(path).embedding();
    float[] carried = new float[learning.streams() * width];
    double sum = 0;
    for (Window window : windows) {
      try (Feeds feeds = feeds(path, window, carried)) {
        Outcome outcome = session.run(feeds);
        carried = outcome.state();
        sum += outcome.loss() / windows.size();
      }
    }
    return sum;
  }

  private Feeds feeds(int[] path, Window window, float[] before) {
    Architecture architecture = space.decode(path);
    List<Node> nodes = ((WiredCell) architecture.cell()).nodes();
    int[] activations = new int[space.mostNodes()];
    int[] predecessors = new int[space.mostNodes()];
    for (int n = 0; n < nodes.size(); n++) {
      activations[n] = nodes.get(n).activation().ordinal();
      predecessors[n] = nodes.get(n).predecessor();
    }
    Feeds feeds = new Feeds();
    session.feed(feeds, window, before);
    feeds.put(SharedModel.WIDTH, architecture.embedding());
    feeds.put(SharedModel.NODES, nodes.size());
    feeds.put(SharedModel.ACTIVATIONS, activations, activations.length);
    feeds.put(SharedModel.PREDECESSORS, predecessors, predecessors.length);
    if (!space.ranks().isEmpty()) {
      feeds.put(SharedModel.RANK, architecture.rank());
    }
    return feeds;
  }

  private float[] narrowed(int width) {
    float[] narrow = new float[learning.streams() * width];
    for (int s = 0; s < learning.streams(); s++) {
      System.arraycopy(state, s * space.widest(), narrow, s * width, width);
    }
    return narrow;
  }

  /** What a narrower model does not carry stays. */
  private void widen(float[] narrow, int width) {
    for (int s = 0; s < learning.streams(); s++) {
      System.arraycopy(narrow, s * width, state, s * space.widest(), width);
    }
  }

  /** A path's weights, as a model of its own has them. */
  public Map<String, float[]> weights(int[] path) {
    Architecture architecture = space.decode(path);
    Map<String, float[]> shared = session.values(false);
    List<Node> nodes = ((WiredCell) architecture.cell()).nodes();
    Map<String, float[]> own = new LinkedHashMap<>();
    for (Weight weight : architecture.weights(vocabulary)) {
      Parameter parameter =
          session.parameters().stream()
              .filter(each -> each.name().equals(weight.name()))
              .findFirst()
              .orElseThrow();
      int copy = 0;
      if (parameter.copies() > 1) {
        int n = Integer.parseInt(weight.name().substring(1));
        Node node = nodes.get(n - 1);
        copy = node.activation().ordinal() * n + node.predecessor();
      }
      own.put(
          weight.name(),
          first(shared.get(weight.name()), copy, parameter.extents(), extents(weight, parameter)));
    }
    return own;
  }

  /** Of a matrix with two halves a model has the first of both. */
  private static int[] extents(Weight weight, Parameter parameter) {
    return switch (parameter.extents().length) {
      case 1 -> new int[] {weight.columns()};
      case 2 -> new int[] {weight.rows(), weight.columns()};
      case 3 -> new int[] {weight.rows(), 2, weight.columns() / 2};
      default -> new int[] {2, weight.rows() / 2, 2, weight.columns() / 2};
    };
  }

  /** The first numbers along each axis of one of several tensors. */
  private static float[] first(float[] all, int copy, long[] extents, int[] wanted) {
    int number = 1;
    int size = 1;
    for (int axis = 0; axis < wanted.length; axis++) {
      number *= wanted[axis];
      size *= (int) extents[axis];
    }
    float[] first = new float[number];
    for (int i = 0; i < number; i++) {
      int rest = i;
      int place = 0;
      int stride = 1;
      for (int axis = wanted.length - 1; axis >= 0; axis--) {
        place += rest % wanted[axis] * stride;
        rest /= wanted[axis];
        stride *= (int) extents[axis];
      }
      first[i] = all[copy * size + place];
    }
    return first;
  }

  /** Everything that training has changed, by name. */
  public Map<String, float[]> state() {
    Map<String, float[]> all = new HashMap<>(session.values(false));
    all.put(STREAMS, state.clone());
    return all;
  }

  /** Takes over what {@link #state} told. */
  public void restore(Map<String, float[]> saved) {
    session.assign(parameter -> saved.get(parameter.name()));
    state = saved.get(STREAMS).clone();
  }

  @Override
  public void close() {
    session.close();
  }
}
