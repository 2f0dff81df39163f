package org.proxyless.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SharedWeightsTest {
  private static final Supernet.Settings SETTINGS = new Supernet.Settings(Toy.BATCH, 1);
  private static final int[][] PATHS = {{0, 0, 0}, {2, 1, 1}, {1, 2, 0}};

  @Test
  void anotherSupernetThatTakesThemOverHasTheSameNetworks() {
    try (Supernet trained = Toy.nested(SETTINGS);
        Supernet nested = Toy.nested(SETTINGS);
        Supernet own = Toy.supernet(SETTINGS)) {
      for (int[] path : PATHS) {
        trained.trainWeights(path, Toy.batch(1), 0.1);
      }
      SharedWeights shared = trained.sharedWeights();
      for (Supernet other : new Supernet[] {nested, own}) {
        assertThat(other.assign(shared)).isZero();
        for (int[] path : PATHS) {
          assertThat(other.score(path, Toy.batch(2)).loss())
              .isEqualTo(trained.score(path, Toy.batch(2)).loss());
        }
      }
    }
  }

  @Test
  void whatIsNotThereOrOfAnotherSizeStaysAndIsCounted() {
    try (Supernet supernet = Toy.supernet(SETTINGS);
        Supernet untouched = Toy.supernet(SETTINGS)) {
      SharedWeights all = supernet.sharedWeights();
      SharedWeights some = new SharedWeights();
      SharedWeights.Key taken = all.all().keySet().iterator().next();
      float[] ones = all.all().get(taken).clone();
      Arrays.fill(ones, 1);
      all.all()
          .forEach(
              (key, values) ->
                  some.put(
                      key.candidate(),
                      key.place(),
                      key.equals(taken) ? ones : new float[values.length + 1]));
      assertThat(supernet.assign(some)).isEqualTo(all.all().size() - 1);
      assertThat(supernet.assign(new SharedWeights())).isEqualTo(all.all().size());
      SharedWeights after = supernet.sharedWeights();
      SharedWeights before = untouched.sharedWeights();
      after
          .all()
          .forEach(
              (key, values) ->
                  assertThat(values).isEqualTo(key.equals(taken) ? ones : before.all().get(key)));
    }
  }
}
