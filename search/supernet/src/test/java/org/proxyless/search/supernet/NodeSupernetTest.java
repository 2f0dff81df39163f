package org.proxyless.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.fixtures.ReferenceNetwork;
import org.proxyless.search.fixtures.TinyFiles;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.strategy.GateGradients;

/** A supernet whose nodes choose their inputs, and whose loose ends differ by path. */
class NodeSupernetTest {
  private static final Supernet.Settings EXACT = new Supernet.Settings(Toy.BATCH, 1, 0, 0);

  private static SearchSpace space() {
    Path file = TinyFiles.of("tiny-nodes.yaml");
    return SearchSpaces.load(file.toString(), 1, Toy.INPUT, Toy.CLASSES);
  }

  private static Supernet supernet(boolean nested, BlockGraph graph) {
    SplittableRandom random = new SplittableRandom(1);
    return nested ? Supernet.nested(graph, EXACT, random) : new Supernet(graph, EXACT, random);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPathScoresAndTrainsAsItsNetworkOfTheSameWeightsAlone(boolean nested) {
    SearchSpace space = space();
    SplittableRandom random = new SplittableRandom(2);
    try (Supernet supernet = supernet(nested, space.graph())) {
      for (int draw = 0; draw < 6; draw++) {
        int[] path = space.graph().draw(random);
        try (Supernet alone = Supernet.of(space.network(path), EXACT, new SplittableRandom(9))) {
          alone.assign(new int[0], supernet.weights(path));
          supernet.assign(path, supernet.weights(path)); // without momentum, as the other
          for (int step = 0; step < 2; step++) {
            double expected = alone.trainWeights(new int[0], Toy.batch(step), 0.05).loss();
            assertThat(supernet.trainWeights(path, Toy.batch(step), 0.05).loss())
                .as(Arrays.toString(path))
                .isCloseTo(expected, within(2e-5));
          }
          Map<NetworkWeights.Key, float[]> trained = supernet.weights(path).all();
          Map<NetworkWeights.Key, float[]> expected = alone.weights(new int[0]).all();
          assertThat(trained.keySet()).isEqualTo(expected.keySet());
          trained.forEach(
              (key, values) -> {
                float[] wanted = expected.get(key);
                for (int i = 0; i < values.length; i++) {
                  assertThat((double) values[i])
                      .as(key.toString())
                      .isCloseTo(wanted[i], within(1e-4 + 1e-3 * Math.abs(wanted[i])));
                }
              });
        }
      }
    }
  }

  @Test
  void theWeightsOfAPathAreTakenBackWhereTheyCameFrom() {
    SearchSpace space = space();
    int[] path = space.graph().draw(new SplittableRandom(4));
    int[] other = space.graph().draw(new SplittableRandom(5));
    try (Supernet supernet = supernet(false, space.graph())) {
      supernet.trainWeights(path, Toy.batch(1), 0.1);
      NetworkWeights kept = supernet.weights(path);
      double loss = supernet.score(path, Toy.batch(2)).loss();
      double ofOther = supernet.score(other, Toy.batch(2)).loss();
      supernet.assign(path, supernet.weights(path));
      assertThat(supernet.score(other, Toy.batch(2)).loss()).isEqualTo(ofOther);
      NetworkWeights shared = supernet.sharedWeights().of(space.graph(), path);
      kept.all().forEach((key, values) -> assertThat(shared.get(key)).containsExactly(values));
      supernet.trainWeights(path, Toy.batch(2), 0.5);
      supernet.assign(path, kept);
      assertThat(supernet.score(path, Toy.batch(2)).loss()).isEqualTo(loss);
    }
  }

  /**
   * Of all operators and inputs, active or sampled beside. In no path a pool stands behind pools
   * alone: those give equal neighbours, between which a greatest one has no gradient.
   */
  @Test
  void gateGradientsOfOperatorsAndInputsAreTheFiniteDifferences() {
    SearchSpace space = space();
    BlockGraph graph = space.graph();
    int[] sizes = graph.sizes();
    int[][] paths = {
      {2, 0, 0, 1, 2, 0, 0, 2, 0, 1, 2, 1, 1, 0, 2, 2},
      {1, 0, 2, 0, 2, 0, 0, 0, 2, 1, 1, 0, 2, 1, 0, 2}
    };
    try (Supernet supernet = supernet(false, graph)) {
      ReferenceNetwork reference = ReferenceNetwork.of(graph, supernet.state());
      for (int[] path : paths) {
        boolean[][] sampled = new boolean[sizes.length][];
        for (int d = 0; d < sizes.length; d++) {
          sampled[d] = new boolean[sizes[d]];
          Arrays.fill(sampled[d], true);
        }
        GateGradients found = supernet.gateGradients(path, sampled, Toy.batch(2));
        assertThat(found.score().loss())
            .isCloseTo(
                reference.loss(reference.gates(path), Toy.images(2), Toy.labels()), within(2e-5));
        for (int d = 0; d < sizes.length; d++) {
          for (int c = 0; c < sizes[d]; c++) {
            double expected = reference.gateSlope(path, d, c, Toy.images(2), Toy.labels());
            assertThat(found.values()[d][c])
                .as("%s, gate %d of %s", Arrays.toString(path), c, space.edgeNames().get(d))
                .isCloseTo(expected, within(2e-3 * Math.abs(expected) + 2e-4));
          }
        }
      }
    }
  }

  @Test
  void onlyWhatIsSelectedLearns() {
    SearchSpace space = space();
    int[] path = space.graph().draw(new SplittableRandom(6));
    try (Supernet supernet = supernet(false, space.graph())) {
      Map<String, float[]> before = supernet.state();
      supernet.trainWeights(path, Toy.batch(2), 0.1);
      Map<String, float[]> after = supernet.state();
      var derived = space.derive(path);
      int[] candidates = space.graph().candidates(path);
      for (int b = 0; b < candidates.length; b++) {
        boolean chosen = space.graph().blocks().get(b).isChoice();
        for (int c = 0; c < space.graph().blocks().get(b).candidates().size() && chosen; c++) {
          boolean active = derived.origins().contains(b) && candidates[b] == c;
          String filter = "b" + b + "/c" + c + "/l1/filter";
          if (before.containsKey(filter)) {
            assertThat(Arrays.equals(before.get(filter), after.get(filter)))
                .as(filter)
                .isEqualTo(!active);
          }
        }
      }
    }
  }
}
