package org.proxyless.search.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.proxyless.network.BlockGraph.Derived;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.train.NetworkTraining.StepObserver;

/**
 * A network is as accurate as a short training makes it that starts as the function of a network
 * that it grew from ({@link Morphism}): the most accurate one of those known. One that grew from
 * none begins with fresh weights and a longer training. Each training has a cosine of its own, with
 * the shares of Elsken et al. (Simple and Efficient Architecture Search for Convolutional Neural
 * Networks, 2017): 20 and 17 epochs of a final training of 100.
 *
 * <p>A network that came late in a line of growth has had more training than one that stands alone,
 * as in the paper: scores tell how good what was trained is, and large steps are hard to take.
 * Weights are kept of the networks that were used last; others are made again where they are
 * needed.
 */
public final class Growth implements AccuracyEstimator {
  /** Of full training's epochs, for a network with fresh weights. */
  public static final double FRESH_SHARE = 0.2;

  /** For one that has grown. */
  public static final double GROWN_SHARE = 0.17;

  private static final int KEPT = 32;
  private static final String NETWORK = "grown.";

  private final Function<int[], Derived> networks;
  private final CandidateTraining training;
  private final long freshSteps;
  private final long grownSteps;
  private final long seed;
  private final List<Known> known = new ArrayList<>();
  private final Map<Integer, NetworkWeights> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, NetworkWeights> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * An estimated network.
   *
   * @param parent the number of the one that it grew from
   */
  private record Known(int[] path, OptionalInt parent, double accuracy) {}

  /**
   * @param networks the network of a path, with the block of each operator
   * @param epochs of a full training
   * @param seed of weights that are new
   */
  public Growth(
      Function<int[], Derived> networks, CandidateTraining training, double epochs, long seed) {
    this.networks = networks;
    this.training = training;
    this.seed = seed;
    freshSteps = training.steps(FRESH_SHARE * epochs);
    grownSteps = training.steps(GROWN_SHARE * epochs);
  }

  @Override
  public Estimate estimate(int[] path, StepObserver observer) {
    Derived child = networks.apply(path);
    OptionalInt parent = parent(child);
    NetworkWeights weights = trained(child, parent, observer);
    PathScore score = training.judge(child.network(), weights);
    kept.put(known.size(), weights);
    known.add(new Known(path.clone(), parent, score.accuracy()));
    return new Estimate(
        score, training.work(child.network(), parent.isPresent() ? grownSteps : freshSteps));
  }

  /** The most accurate network that this one is, grown; of equal ones the first. */
  private OptionalInt parent(Derived child) {
    return IntStream.range(0, known.size())
        .filter(number -> Morphism.isGrown(networks.apply(known.get(number).path()), child))
        .reduce((one, two) -> known.get(two).accuracy() > known.get(one).accuracy() ? two : one);
  }

  private NetworkWeights trained(Derived network, OptionalInt parent, StepObserver observer) {
    Optional<NetworkWeights> start = Optional.empty();
    if (parent.isPresent()) {
      Derived smaller = networks.apply(known.get(parent.getAsInt()).path());
      start =
          Morphism.grown(
              smaller, weights(parent.getAsInt(), observer), network, new SplittableRandom(seed));
    }
    return training.train(
        network.network(), start, parent.isPresent() ? grownSteps : freshSteps, observer);
  }

  private NetworkWeights weights(int number, StepObserver observer) {
    NetworkWeights weights = kept.get(number);
    if (weights == null) {
      Known network = known.get(number);
      weights = trained(networks.apply(network.path()), network.parent(), observer);
      kept.put(number, weights);
    }
    return weights;
  }

  /** By network its parent or −1, its accuracy, and its path. */
  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new HashMap<>();
    for (int number = 0; number < known.size(); number++) {
      Known network = known.get(number);
      double[] numbers = new double[2 + network.path().length];
      numbers[0] = network.parent().orElse(-1);
      numbers[1] = network.accuracy();
      for (int choice = 0; choice < network.path().length; choice++) {
        numbers[2 + choice] = network.path()[choice];
      }
      state.put(NETWORK + number, numbers);
    }
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    known.clear();
    kept.clear();
    for (int number = 0; number < state.size(); number++) {
      double[] numbers = state.get(NETWORK + number);
      int parent = (int) numbers[0];
      known.add(
          new Known(
              Arrays.stream(numbers, 2, numbers.length).mapToInt(c -> (int) c).toArray(),
              parent < 0 ? OptionalInt.empty() : OptionalInt.of(parent),
              numbers[1]));
    }
  }
}
