package org.proxyless.search.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.train.NetworkTraining.StepObserver;

/**
 * Networks are trained a little, and some of them on: a network is as accurate as its training so
 * far makes it. Each rung has more epochs, images or pixels than the one before. A network that is
 * promoted starts from its weights, and its learning rate from the top: each stretch has a cosine
 * of its own (Loshchilov and Hutter, SGDR, 2017). A network that begins at a higher rung has all of
 * its steps at once, and one that is asked for with less than it has had is trained apart.
 *
 * <p>Weights are kept of the networks that were trained last. Those of others, and all of them when
 * a run goes on, are made again where they are needed: every training is the same each time.
 */
public final class RungTraining implements AccuracyEstimator {
  /** Networks whose weights are kept: more take memory, fewer time when brackets are wide. */
  private static final int KEPT = 32;

  private static final String TRAINED = "trained.";

  private final List<Rung> rungs;

  /** By path: the rungs that it was trained at, ascending. */
  private final Map<List<Integer>, List<Integer>> trained = new LinkedHashMap<>();

  private final Map<List<Integer>, NetworkWeights> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Integer>, NetworkWeights> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * What networks are trained with at a rung.
   *
   * @param networks the network of a path at the size of the rung's images
   * @param training on the rung's images
   * @param epochs up to this rung, in those images
   * @param share of a full training that this costs
   */
  public record Rung(
      Function<int[], Network> networks, CandidateTraining training, double epochs, double share) {
    long steps() {
      return training.steps(epochs);
    }
  }

  /**
   * @param rungs from little to all
   */
  public RungTraining(List<Rung> rungs) {
    this.rungs = List.copyOf(rungs);
  }

  @Override
  public Estimate estimate(int[] path, StepObserver observer) {
    return estimate(path, rungs.size() - 1, observer);
  }

  @Override
  public Estimate estimate(int[] path, int rung, StepObserver observer) {
    List<Integer> key = Arrays.stream(path).boxed().toList();
    List<Integer> before = trained.getOrDefault(key, List.of());
    boolean isTrainedFurther = !before.isEmpty() && before.get(before.size() - 1) >= rung;
    List<Integer> goesOnFrom = isTrainedFurther ? List.of() : before;
    NetworkWeights start = goesOnFrom.isEmpty() ? null : kept.get(key);
    if (start == null && !goesOnFrom.isEmpty()) {
      start = again(path, goesOnFrom, observer);
    }
    NetworkWeights weights = train(path, Optional.ofNullable(start), goesOnFrom, rung, observer);
    if (!isTrainedFurther) {
      kept.put(key, weights);
      List<Integer> after = new ArrayList<>(before);
      after.add(rung);
      trained.put(key, after);
    }
    Rung at = rungs.get(rung);
    Network network = at.networks().apply(path);
    return new Estimate(
        at.training().judge(network, weights),
        at.training().work(network, stepsLeft(goesOnFrom, rung)));
  }

  private NetworkWeights again(int[] path, List<Integer> trainings, StepObserver observer) {
    NetworkWeights weights = null;
    for (int n = 0; n < trainings.size(); n++) {
      weights =
          train(
              path,
              Optional.ofNullable(weights),
              trainings.subList(0, n),
              trainings.get(n),
              observer);
    }
    return weights;
  }

  private NetworkWeights train(
      int[] path,
      Optional<NetworkWeights> start,
      List<Integer> before,
      int rung,
      StepObserver observer) {
    Rung at = rungs.get(rung);
    return at.training().train(at.networks().apply(path), start, stepsLeft(before, rung), observer);
  }

  private long stepsLeft(List<Integer> before, int rung) {
    long done = before.isEmpty() ? 0 : rungs.get(before.get(before.size() - 1)).steps();
    return Math.max(1, rungs.get(rung).steps() - done);
  }

  @Override
  public double share(int rung) {
    return rungs.get(rung).share();
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new HashMap<>();
    int number = 0;
    for (Map.Entry<List<Integer>, List<Integer>> entry : trained.entrySet()) {
      IntStream numbers =
          IntStream.concat(
              IntStream.of(entry.getKey().size()),
              IntStream.concat(
                  entry.getKey().stream().mapToInt(c -> c),
                  entry.getValue().stream().mapToInt(r -> r)));
      state.put(TRAINED + number++, numbers.asDoubleStream().toArray());
    }
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    trained.clear();
    kept.clear();
    for (int number = 0; number < state.size(); number++) {
      List<Integer> numbers =
          Arrays.stream(state.get(TRAINED + number)).mapToObj(value -> (int) value).toList();
      int end = 1 + numbers.get(0);
      trained.put(
          List.copyOf(numbers.subList(1, end)), List.copyOf(numbers.subList(end, numbers.size())));
    }
  }
}
