package org.proxyless.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.fixtures.ReferenceNetwork;
import org.proxyless.search.strategy.LookAhead;

class MixtureSupernetTest {
  private static final Supernet.Settings EXACT = new Supernet.Settings(Toy.BATCH, 1, 0, 0);
  private static final double[][] MIXTURE = {{0.2, 0.5, 0.3}, {0.6, 0.1, 0.3}, {0.3, 0.4, 0.3}};
  private static final int[] PATH = {2, 1, 2};

  private static double loss(Map<String, float[]> state, double[][] mixture, long batch) {
    return new ReferenceNetwork(
            Toy.blocks(),
            (block, candidate, layer, part) ->
                state.get(
                    "b"
                        + block
                        + "/c"
                        + candidate
                        + "/l"
                        + layer
                        + "/"
                        + part.name().toLowerCase()))
        .loss(mixture, Toy.images(batch), Toy.labels());
  }

  private static double slope(Map<String, float[]> state, int edge, int candidate, long batch) {
    double[][] mixture = Arrays.stream(MIXTURE).map(double[]::clone).toArray(double[][]::new);
    mixture[edge][candidate] += 1e-5;
    double difference = loss(state, mixture, batch);
    mixture[edge][candidate] -= 2e-5;
    return (difference - loss(state, mixture, batch)) / 2e-5;
  }

  private static void assertSlopes(double[][] actual, Map<String, float[]> state, long batch) {
    for (int e = 0; e < MIXTURE.length; e++) {
      for (int c = 0; c < MIXTURE[e].length; c++) {
        double expected = slope(state, e, c, batch);
        assertThat(actual[e][c])
            .as("edge %d candidate %d", e, c)
            .isCloseTo(expected, within(1e-3 * Math.abs(expected) + 1e-6));
      }
    }
  }

  @Test
  void theLossAndTheGradientsToTheSharesAreTheReferences() {
    try (MixtureSupernet supernet = Toy.mixture(EXACT)) {
      var seen = supernet.mixtureGradients(MIXTURE, Toy.batch(2));
      Map<String, float[]> state = supernet.state();
      assertThat(seen.score().loss()).isCloseTo(loss(state, MIXTURE, 2), within(1e-5));
      assertSlopes(seen.values(), state, 2);
      assertThat(seen.values()[1][2]).isZero(); // Zero gives nothing
      assertThat(seen.values()[1][0]).isNotZero();
    }
  }

  /** With the first momentum 0, Nesterov's step is 1.9 times the gradient. */
  @Test
  void aWeightStepDescendsTheFiniteDifferenceGradientOfAllCandidates() {
    try (MixtureSupernet supernet = Toy.mixture(EXACT)) {
      Map<String, float[]> before = supernet.state();
      supernet.trainWeights(MIXTURE, Toy.batch(2), 1);
      Map<String, float[]> after = supernet.state();
      SplittableRandom random = new SplittableRandom(3);
      for (String name : before.keySet()) {
        float[] weights = before.get(name);
        for (int check = 0; check < 3 && !name.endsWith("/momentum"); check++) {
          int i = random.nextInt(weights.length);
          float kept = weights[i];
          float up = kept + 1e-6f;
          float down = kept - 1e-6f;
          weights[i] = up;
          double expected = loss(before, MIXTURE, 2);
          weights[i] = down;
          expected = (expected - loss(before, MIXTURE, 2)) / ((double) up - down);
          weights[i] = kept;
          assertThat((kept - after.get(name)[i]) / 1.9)
              .as("%s[%d]", name, i)
              .isCloseTo(expected, within(1e-3 * Math.abs(expected) + 1e-5));
        }
      }
    }
  }

  @Test
  void aPathIsTheSupernets() {
    Supernet.Settings settings = new Supernet.Settings(Toy.BATCH, 1);
    boolean[][] sampled = {{true, false, true}, {false, true, false}, {true, false, false}};
    try (MixtureSupernet mixture = Toy.mixture(settings);
        Supernet supernet = Toy.supernet(settings)) {
      mixture.restore(supernet.state());
      for (int step = 0; step < 3; step++) {
        assertThat(mixture.trainWeights(PATH, Toy.batch(step), 0.05).loss())
            .isCloseTo(supernet.trainWeights(PATH, Toy.batch(step), 0.05).loss(), within(1e-5));
      }
      assertClose(mixture.state(), supernet.state());
      var expected = supernet.gateGradients(PATH, sampled, Toy.batch(7)).values();
      var actual = mixture.gateGradients(PATH, sampled, Toy.batch(7)).values();
      for (int e = 0; e < expected.length; e++) {
        assertThat(actual[e]).containsExactly(expected[e], within(1e-5));
      }
      assertThat(mixture.weights(PATH).all().keySet())
          .isEqualTo(supernet.weights(PATH).all().keySet());
    }
  }

  /** What else was trained first, so that there is momentum; decay counts, smoothing too. */
  @Test
  void aLookAheadSeesTheValidationLossAfterOneStepWithMomentumAndChangesNothing() {
    double rate = 0.3;
    Supernet.Settings settings = new Supernet.Settings(Toy.BATCH, 1, 0.01, 0.1);
    try (MixtureSupernet supernet = Toy.mixture(settings);
        MixtureSupernet twin = Toy.mixture(settings)) {
      supernet.trainWeights(MIXTURE, Toy.batch(1), 0.1);
      Map<String, float[]> before = supernet.state();
      LookAhead ahead = supernet.lookAhead(MIXTURE, Toy.batch(2), Toy.batch(3), rate);
      assertIdentical(supernet.state(), before);
      // The momentum of an actual step is what the look ahead goes along: 0.9 m + g + decay w.
      twin.trainWeights(MIXTURE, Toy.batch(1), 0.1);
      twin.trainWeights(MIXTURE, Toy.batch(2), rate);
      Map<String, float[]> next = moved(before, twin.state(), -rate);
      assertThat(ahead.gradients().score().loss()).isCloseTo(loss(next, MIXTURE, 3), within(1e-5));
      assertSlopes(ahead.gradients().values(), next, 3);
    }
  }

  /** The same, with all activations between the kinks of ReLU6, so that gradients are smooth. */
  private static MixtureSupernet smooth() {
    MixtureSupernet supernet = Toy.mixture(EXACT);
    SplittableRandom random = new SplittableRandom(6);
    Map<String, float[]> state = supernet.state();
    for (Map.Entry<String, float[]> entry : new TreeMap<>(state).entrySet()) {
      float[] values = entry.getValue();
      for (int i = 0; i < values.length; i++) {
        boolean activated = isActivated(entry.getKey(), state);
        if (entry.getKey().endsWith("/shift")) {
          values[i] = activated ? 3 : (float) random.nextDouble(-2, 2);
        } else if (entry.getKey().endsWith("/scale")) {
          values[i] = (float) (activated ? random.nextDouble(0.2, 0.5) : random.nextDouble(1, 2));
        }
      }
    }
    assign(supernet, state);
    return supernet;
  }

  /** Of an MBConv all convolutions but the last are. */
  private static boolean isActivated(String variable, Map<String, float[]> state) {
    String[] place = variable.split("/");
    int next = Integer.parseInt(place[2].substring(1)) + 1;
    return place[0].equals("b0")
        || state.containsKey(place[0] + "/" + place[1] + "/l" + next + "/scale");
  }

  @Test
  void shiftedGradientsAreThoseOfTrainingAlongTheValidationGradient() {
    try (MixtureSupernet supernet = smooth();
        MixtureSupernet twin = smooth()) {
      Map<String, float[]> before = supernet.state();
      LookAhead ahead = supernet.lookAhead(MIXTURE, Toy.batch(2), Toy.batch(3), 0.3);
      twin.trainWeights(MIXTURE, Toy.batch(2), 0.3);
      assign(twin, moved(before, twin.state(), -0.3)); // the momentum becomes 0, then ∂L/∂w'
      twin.trainWeights(MIXTURE, Toy.batch(3), 0.3);
      Map<String, float[]> direction = twin.state();
      assertThat(ahead.directionNorm()).isCloseTo(norm(direction), within(1e-4));
      double[][] shifted = supernet.shiftedGradients(MIXTURE, Toy.batch(2), 0.05);
      assertSlopes(shifted, moved(before, direction, 0.05), 2);
      assertIdentical(supernet.state(), before);
    }
  }

  /** Central differences of L_val(w'(z), z), each w'(z) by a look ahead of its own. */
  @Test
  void theDifferenceOfShiftedGradientsIsTheDerivativeThroughTheStep() {
    double rate = 0.1;
    double h = 1e-2;
    try (MixtureSupernet supernet = smooth()) {
      LookAhead ahead = supernet.lookAhead(MIXTURE, Toy.batch(2), Toy.batch(3), rate);
      double r = 0.01 / ahead.directionNorm();
      double[][] up = supernet.shiftedGradients(MIXTURE, Toy.batch(2), r);
      double[][] down = supernet.shiftedGradients(MIXTURE, Toy.batch(2), -r);
      double implicitPart = 0;
      for (int e = 0; e < MIXTURE.length; e++) {
        for (int c = 0; c < 2; c++) {
          double implicit = -rate * (up[e][c] - down[e][c]) / (2 * r);
          double expected =
              (validationLoss(supernet, e, c, h, rate) - validationLoss(supernet, e, c, -h, rate))
                  / (2 * h);
          assertThat(ahead.gradients().values()[e][c] + implicit)
              .as("edge %d candidate %d", e, c)
              .isCloseTo(expected, within(0.01 * Math.abs(expected) + 1e-3));
          implicitPart = Math.max(implicitPart, Math.abs(implicit));
        }
      }
      assertThat(implicitPart).isGreaterThan(0.02); // else the comparison proves nothing
    }
  }

  private static double validationLoss(
      MixtureSupernet supernet, int edge, int candidate, double by, double rate) {
    double[][] mixture = Arrays.stream(MIXTURE).map(double[]::clone).toArray(double[][]::new);
    mixture[edge][candidate] += by;
    return supernet.lookAhead(mixture, Toy.batch(2), Toy.batch(3), rate).gradients().score().loss();
  }

  @Test
  void theSameStepsEndBitIdentical() {
    assertIdentical(trained(), trained());
  }

  private static Map<String, float[]> trained() {
    try (MixtureSupernet supernet = Toy.mixture(new Supernet.Settings(Toy.BATCH, 2))) {
      for (int step = 0; step < 10; step++) {
        LookAhead ahead = supernet.lookAhead(MIXTURE, Toy.batch(step), Toy.batch(100 + step), 0.05);
        double[][] mixture = ahead.gradients().values();
        supernet.trainWeights(mixture, Toy.batch(step), 0.05);
      }
      return supernet.state();
    }
  }

  @Test
  void aMixtureOfOtherEdgesOrWithoutAChoiceIsRefused() {
    try (MixtureSupernet supernet = Toy.mixture(EXACT)) {
      assertThatThrownBy(() -> supernet.mixtureGradients(new double[][] {{1}}, Toy.batch(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> new MixtureSupernet(Toy.alone(PATH), EXACT, new SplittableRandom(1)).close())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<String, float[]> moved(
      Map<String, float[]> weights, Map<String, float[]> momentum, double by) {
    Map<String, float[]> moved = new HashMap<>();
    for (String name : weights.keySet()) {
      if (!name.endsWith("/momentum")) {
        float[] values = weights.get(name).clone();
        for (int i = 0; i < values.length; i++) {
          values[i] += (float) (by * momentum.get(name + "/momentum")[i]);
        }
        moved.put(name, values);
      }
    }
    return moved;
  }

  private static void assign(MixtureSupernet supernet, Map<String, float[]> state) {
    for (int candidate = 0; candidate < 3; candidate++) {
      int[] path = {candidate, candidate, candidate};
      NetworkWeights weights = supernet.weights(path);
      for (NetworkWeights.Key key : weights.all().keySet()) {
        int chosen = key.operator() >= 1 && key.operator() <= 3 ? candidate : 0;
        weights.put(
            key,
            state.get(
                "b"
                    + key.operator()
                    + "/c"
                    + chosen
                    + "/l"
                    + key.layer()
                    + "/"
                    + key.part().name().toLowerCase()));
      }
      supernet.assign(path, weights);
    }
  }

  private static double norm(Map<String, float[]> state) {
    double sum = 0;
    for (Map.Entry<String, float[]> entry : state.entrySet()) {
      for (float value : entry.getValue()) {
        sum += entry.getKey().endsWith("/momentum") ? (double) value * value : 0;
      }
    }
    return Math.sqrt(sum);
  }

  private static void assertIdentical(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
  }

  private static void assertClose(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, values) ->
            assertThat(actual.get(name)).as(name).containsExactly(values, within(1e-5f)));
  }
}
