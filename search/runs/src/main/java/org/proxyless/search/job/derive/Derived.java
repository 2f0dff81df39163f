package org.proxyless.search.job.derive;

import java.util.Arrays;
import java.util.Optional;
import org.proxyless.base.State;
import org.proxyless.network.NetworkWeights;

/**
 * What the supernet's part of a search ends with.
 *
 * @param proven the network's path
 * @param inherited the weights it has from the supernet; empty where its training goes on
 * @param fineTuneSteps for which there is time
 */
public record Derived(
    LatencyProof.Proven proven, Optional<NetworkWeights> inherited, long fineTuneSteps) {
  private static final String PATH = "derived.path";
  private static final String REPEATS = "derived.repeats";
  private static final String FINE_TUNE_STEPS = "derived.fine-tune-steps";

  void save(State state) {
    state.put(PATH, Arrays.stream(proven.path()).asDoubleStream().toArray());
    state.put(REPEATS, proven.repeats()).put(FINE_TUNE_STEPS, fineTuneSteps);
  }

  public static Derived of(State state) {
    int[] path = Arrays.stream(state.numbers(PATH)).mapToInt(c -> (int) c).toArray();
    return new Derived(
        new LatencyProof.Proven(path, (int) state.number(REPEATS)),
        Optional.empty(),
        state.number(FINE_TUNE_STEPS));
  }
}
