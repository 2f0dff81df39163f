package org.proxyless.search.recurrent.train;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.GatedCell;
import org.proxyless.search.recurrent.text.TokenWindows;
import org.proxyless.search.recurrent.text.TokenWindows.Window;
import org.proxyless.search.recurrent.train.LanguageSession.Feeds;
import org.proxyless.search.recurrent.train.LanguageSession.Outcome;

/**
 * One language model in training. Each window goes on with the state that the one before it left.
 * Not safe for use by several threads at once. Holds native memory until closed.
 */
public final class LanguageTraining implements AutoCloseable {
  private static final String STREAMS = "state-of-streams";
  private static final String AVERAGED = "averaged";

  private final Architecture architecture;
  private final Learning learning;
  private final LanguageSession session;
  private final Masks masks;
  private float[] state;
  private long averaged;

  /**
   * Builds the graph and gives every weight its first value.
   *
   * @param vocabulary how many tokens there are
   * @param random of the first weights and of what is dropped
   */
  public LanguageTraining(
      Architecture architecture, int vocabulary, Learning learning, RandomGenerator random) {
    this.architecture = architecture;
    this.learning = learning;
    session =
        new LanguageSession(
            new LanguageGraph(learning, tape -> new FixedModel(tape, architecture, vocabulary)),
            learning);
    masks = new Masks(learning, vocabulary, random.nextLong());
    state = zeros();
    session.assign(
        parameter ->
            architecture.cell() instanceof GatedCell
                ? FirstWeights.ofGated(parameter, architecture.embedding(), random)
                : FirstWeights.of(parameter, random));
  }

  private float[] zeros() {
    return new float[learning.streams() * architecture.stateSize()];
  }

  /**
   * Learns from a window.
   *
   * @param step number of the step, which decides what is dropped
   * @return the mean loss of a token before the update, in nats, with what was dropped
   * @throws org.proxyless.search.supernet.DivergedException if the loss or a gradient is not finite
   */
  public double train(Window window, double rate, long step) {
    if (window.first()) {
      state = zeros();
    }
    try (Feeds feeds = new Feeds()) {
      session.feed(feeds, window, state);
      masks.feed(feeds, window.inputs(), architecture.embedding(), step);
      feeds.put(LanguageGraph.RATE, (float) rate);
      Outcome outcome = session.run(feeds, LanguageGraph.DESCEND);
      state = outcome.state();
      return outcome.loss();
    }
  }

  /** Counts the present weights into their average. */
  public void average() {
    if (averaged == 0) {
      Map<String, float[]> now = session.values(false);
      session.assignAverages(parameter -> now.get(parameter.name()));
    }
    averaged++;
    session.average(1.0 / averaged);
  }

  /** Whether there is an average. */
  public boolean isAveraging() {
    return averaged > 0;
  }

  /** Puts the averages in the weights' place, for good. */
  public void useAverages() {
    Map<String, float[]> all = session.values(true);
    session.assign(parameter -> all.get(parameter.average()));
  }

  /** The mean loss of a token over windows of a text, in nats; nothing is dropped. */
  public double loss(TokenWindows text, int windows) {
    float[] carried = zeros();
    double sum = 0;
    for (int w = 0; w < windows; w++) {
      try (Feeds feeds = new Feeds()) {
        session.feed(feeds, text.window(w), carried);
        Outcome outcome = session.run(feeds);
        carried = outcome.state();
        sum += outcome.loss() / windows;
      }
    }
    return sum;
  }

  /** The same of the averages, if there are any; the weights stay as they are. */
  public double averagedLoss(TokenWindows text, int windows) {
    if (!isAveraging()) {
      return loss(text, windows);
    }
    Map<String, float[]> all = session.values(true);
    session.assign(parameter -> all.get(parameter.average()));
    double loss = loss(text, windows);
    session.assign(parameter -> all.get(parameter.name()));
    return loss;
  }

  /** All weights by name. */
  public Map<String, float[]> weights() {
    return session.values(false);
  }

  /** Sets all weights. */
  public void assign(Map<String, float[]> weights) {
    session.assign(parameter -> weights.get(parameter.name()));
  }

  /** Everything that training has changed, by name. */
  public Map<String, float[]> state() {
    Map<String, float[]> all = new HashMap<>(session.values(isAveraging()));
    all.put(STREAMS, state.clone());
    all.put(AVERAGED, new float[] {averaged});
    return all;
  }

  /** Takes over what {@link #state} told. */
  public void restore(Map<String, float[]> saved) {
    session.assign(parameter -> saved.get(parameter.name()));
    state = saved.get(STREAMS).clone();
    averaged = (long) saved.get(AVERAGED)[0];
    if (isAveraging()) {
      session.assignAverages(parameter -> saved.get(parameter.average()));
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
