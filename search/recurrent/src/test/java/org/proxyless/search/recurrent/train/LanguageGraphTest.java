package org.proxyless.search.recurrent.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cells;
import org.proxyless.search.recurrent.cell.RecurrentSpace;
import org.proxyless.search.recurrent.cell.RecurrentSpace.Sharing;
import org.proxyless.search.recurrent.text.TokenWindows.Window;
import org.proxyless.search.recurrent.train.LanguageSession.Feeds;
import org.proxyless.search.recurrent.train.Learning.Dropouts;
import org.proxyless.search.supernet.DivergedException;

/** Gradients through time against finite differences, and the supernet against plain models. */
class LanguageGraphTest {
  private static final int VOCABULARY = 7;
  private static final int STREAMS = 3;
  private static final int STEPS = 4;
  private static final Learning LEARNING =
      new Learning(STREAMS, STEPS, 1e9, 0, 0.3, 0.5, new Dropouts(0.1, 0.1, 0.1, 0.1, 0.1), 1);
  private static final float DIFFERENCE = 5e-3f;

  private final SplittableRandom random = new SplittableRandom(11);

  /** What may be fed by the names of a model's own inputs. */
  private interface Own {
    void feed(Feeds feeds);
  }

  @ParameterizedTest
  @CsvSource({
    "'tanh 0, sigmoid 1',0",
    "'sigmoid: relu 0, identity 0; loose',0",
    "'tanh 0, sigmoid 1',3",
    "lstm,0",
    "gru,2"
  })
  void gradientsOfAModelAreItsFiniteDifferences(String cell, int rank) {
    Architecture architecture = new Architecture(Cells.of(cell), 5, rank, true);
    LanguageGraph graph =
        new LanguageGraph(LEARNING, tape -> new FixedModel(tape, architecture, VOCABULARY));
    requireFiniteDifferences(graph, 5, architecture.stateSize(), feeds -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"BY_NODE", "BY_CHOICE"})
  void gradientsOfTheSupernetAreItsFiniteDifferences(Sharing sharing) {
    RecurrentSpace space = new RecurrentSpace(sharing, List.of(4, 6), List.of(2, 3), List.of(2, 3));
    LanguageGraph graph =
        new LanguageGraph(LEARNING, tape -> new SharedModel(tape, space, VOCABULARY));
    Own small =
        feeds -> {
          feeds.put(SharedModel.WIDTH, 4);
          feeds.put(SharedModel.RANK, 2);
          feeds.put(SharedModel.NODES, 2);
          feeds.put(SharedModel.ACTIVATIONS, new int[] {0, 2, 3}, 3);
          feeds.put(SharedModel.PREDECESSORS, new int[] {0, 1, 0}, 3);
        };
    requireFiniteDifferences(graph, 4, 4, small);
  }

  private void requireFiniteDifferences(LanguageGraph graph, int width, int stateSize, Own own) {
    Window window = window();
    float[] state = values(STREAMS * stateSize, 0.5);
    Map<String, float[]> masks =
        Map.of(
            LanguageGraph.INPUT_MASK, values(STREAMS * width, 1),
            LanguageGraph.RECURRENT_MASK, values(STREAMS * width, 1),
            LanguageGraph.OUTPUT_MASK, values(STREAMS * width, 1));
    try (LanguageSession session = new LanguageSession(graph, LEARNING);
        Feeds feeds = new Feeds()) {
      session.feed(feeds, window, state);
      own.feed(feeds);
      masks.forEach((name, mask) -> feeds.put(name, mask, STREAMS, width));
      feeds.put(LanguageGraph.TOKEN_MASK, values(STREAMS * STEPS, 1), STREAMS * STEPS, 1);
      Map<String, float[]> weights = new HashMap<>();
      session
          .parameters()
          .forEach(parameter -> weights.put(parameter.name(), values(parameter.size(), 0.8)));
      session.assign(parameter -> weights.get(parameter.name()));
      // What a step of descent at rate 1 takes off, without decay and far from clipping.
      feeds.put(LanguageGraph.RATE, 1f);
      session.run(feeds, LanguageGraph.DESCEND);
      Map<String, float[]> descended = session.values(false);

      for (Parameter parameter : session.parameters()) {
        float[] before = weights.get(parameter.name());
        float[] direction = values(before.length, 1);
        double expected = 0;
        for (int i = 0; i < before.length; i++) {
          expected += (before[i] - descended.get(parameter.name())[i]) * direction[i];
        }
        double found =
            (objective(session, feeds, weights, parameter, direction, DIFFERENCE)
                    - objective(session, feeds, weights, parameter, direction, -DIFFERENCE))
                / (2 * DIFFERENCE);
        assertThat(found)
            .as(parameter.name())
            .isCloseTo(expected, within(2e-3 + 5e-3 * Math.abs(expected)));
        boolean isThere = !parameter.name().equals("w3"); // of two nodes there is no third
        assertThat(Math.abs(expected) > 1e-4).as(parameter.name()).isEqualTo(isThere);
      }
    }
  }

  private static double objective(
      LanguageSession session,
      Feeds feeds,
      Map<String, float[]> weights,
      Parameter moved,
      float[] direction,
      float step) {
    session.assign(
        parameter -> {
          float[] values = weights.get(parameter.name()).clone();
          for (int i = 0; parameter.equals(moved) && i < values.length; i++) {
            values[i] += step * direction[i];
          }
          return values;
        });
    return session.fetch(feeds, List.of(LanguageGraph.OBJECTIVE)).get(0)[0];
  }

  private float[] values(int number, double scale) {
    float[] values = new float[number];
    for (int i = 0; i < number; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  private Window window() {
    int[] inputs = new int[STEPS * STREAMS];
    Arrays.setAll(inputs, i -> random.nextInt(VOCABULARY));
    int[] targets = new int[STEPS * STREAMS];
    Arrays.setAll(targets, i -> random.nextInt(VOCABULARY));
    return new Window(inputs, targets, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BY_NODE", "BY_CHOICE"})
  void theSupernetGivesWhatThePlainModelGives(Sharing sharing) {
    RecurrentSpace space = new RecurrentSpace(sharing, List.of(4, 6), List.of(2, 3), List.of());
    int[] path = {0, 0, 1, 0, 2, 1, 3, 2};
    Learning learning = Learning.of(STREAMS, STEPS, Dropouts.NONE, 1);
    try (SharedLanguageModel shared = new SharedLanguageModel(space, VOCABULARY, learning, random);
        LanguageTraining plain =
            new LanguageTraining(space.decode(path), VOCABULARY, learning, random)) {
      plain.assign(shared.weights(path));
      List<Double> losses = new ArrayList<>();
      for (int step = 0; step < 3; step++) {
        Window window = window();
        double loss = plain.train(window, 0.5, step);
        losses.add(loss);
        assertThat(shared.train(path, window, 0.5, step)).isCloseTo(loss, within(1e-5));
      }
      assertThat(losses).doesNotHaveDuplicates();
      Map<String, float[]> expected = plain.weights();
      shared
          .weights(path)
          .forEach(
              (name, values) ->
                  assertThat(values).as(name).containsExactly(expected.get(name), within(1e-5f)));
    }
  }

  @Test
  void gradientsAboveTheLimitAreScaledDown() {
    Architecture architecture = new Architecture(Cells.of("gru"), 5, 0, true);
    Learning clipped = new Learning(STREAMS, STEPS, 1e-3, 0, 0, 0, Dropouts.NONE, 1);
    try (LanguageTraining training =
        new LanguageTraining(architecture, VOCABULARY, clipped, random)) {
      Map<String, float[]> before = training.weights();
      training.train(window(), 1, 0);
      double square = 0;
      for (Map.Entry<String, float[]> entry : training.weights().entrySet()) {
        float[] old = before.get(entry.getKey());
        for (int i = 0; i < old.length; i++) {
          square += Math.pow(old[i] - entry.getValue()[i], 2);
        }
      }
      assertThat(Math.sqrt(square)).isCloseTo(1e-3, within(2e-5));
    }
  }

  @Test
  void aStepWhoseLossIsNotFiniteChangesNothing() {
    Architecture architecture = new Architecture(Cells.of("relu 0, relu 1"), 4, 0, true);
    Learning learning = Learning.of(STREAMS, STEPS, Dropouts.NONE, 1);
    try (LanguageTraining training =
        new LanguageTraining(architecture, VOCABULARY, learning, random)) {
      training.train(window(), 1e38, 0);
      Map<String, float[]> before = training.weights();

      assertThatThrownBy(() -> training.train(window(), 1, 1))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("is not finite");
      training.weights().forEach((name, values) -> assertThat(values).isEqualTo(before.get(name)));
    }
  }

  @Test
  void anAverageIsTheMeanOfTheWeightsSinceItBegan() {
    Architecture architecture = new Architecture(Cells.of("tanh 0"), 4, 0, true);
    Learning learning = Learning.of(STREAMS, STEPS, Dropouts.NONE, 1);
    try (LanguageTraining training =
        new LanguageTraining(architecture, VOCABULARY, learning, random)) {
      float[] mean = new float[4 * VOCABULARY];
      for (int step = 0; step < 4; step++) {
        training.train(window(), 1, step);
        training.average();
        float[] now = training.weights().get(Architecture.EMBEDDING);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += now[i] / 4;
        }
      }
      training.useAverages();
      assertThat(training.weights().get(Architecture.EMBEDDING))
          .containsExactly(mean, within(1e-6f));
    }
  }
}
