package org.proxyless.search.recurrent.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.proxyless.base.SavedRandom;
import org.proxyless.search.recurrent.train.LanguageSession.Feeds;
import org.proxyless.search.recurrent.train.Learning.Dropouts;

/** Draws the masks of a step: they follow from a seed and the step's number. */
final class Masks {
  private final Learning learning;
  private final int vocabulary;
  private final long seed;

  Masks(Learning learning, int vocabulary, long seed) {
    this.learning = learning;
    this.vocabulary = vocabulary;
    this.seed = seed;
  }

  void feed(Feeds feeds, int[] tokens, int width, long step) {
    Dropouts dropouts = learning.dropouts();
    if (dropouts.equals(Dropouts.NONE)) {
      return;
    }
    RandomGenerator random = SavedRandom.of(seed + step, 0);
    int streams = learning.streams();
    if (dropouts.tokens() > 0) {
      float[] byToken = mask(vocabulary, dropouts.tokens(), random);
      float[] mask = new float[tokens.length];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = byToken[tokens[i]];
      }
      feeds.put(LanguageGraph.TOKEN_MASK, mask, mask.length, 1);
    }
    // Both are over time and multiply the same numbers.
    float[] input = mask(streams * width, dropouts.embedding(), random);
    float[] second = mask(streams * width, dropouts.input(), random);
    for (int i = 0; i < input.length; i++) {
      input[i] *= second[i];
    }
    feeds.put(LanguageGraph.INPUT_MASK, input, streams, width);
    if (dropouts.recurrent() > 0) {
      feeds.put(
          LanguageGraph.RECURRENT_MASK,
          mask(streams * width, dropouts.recurrent(), random),
          streams,
          width);
    }
    feeds.put(
        LanguageGraph.OUTPUT_MASK,
        mask(streams * width, dropouts.output(), random),
        streams,
        width);
  }

  private static float[] mask(int size, double rate, RandomGenerator random) {
    float[] mask = new float[size];
    if (rate == 0) {
      Arrays.fill(mask, 1);
      return mask;
    }
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < size; i++) {
      mask[i] = random.nextDouble() < rate ? 0 : kept;
    }
    return mask;
  }
}
