package org.proxyless.search.strategy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.ToldNetworks;
import org.proxyless.search.strategy.blackbox.ToySpace;

class DenseRegressionTest {
  private static final DenseRegression.Settings SMALL =
      new DenseRegression.Settings(3, 6, 200, 8, 0.01);

  @Test
  void theGradientIsThatOfTheMeanAbsoluteError() {
    SplittableRandom random = new SplittableRandom(3);
    DenseRegression net = new DenseRegression(4, SMALL, random);
    for (double[] layer : net.parameters()) { // biases away from 0, where ReLU has a corner
      for (int i = 0; i < layer.length; i++) {
        layer[i] += random.nextDouble(-0.1, 0.1);
      }
    }
    double[][] inputs = new double[5][4];
    double[] targets = new double[5];
    for (int n = 0; n < inputs.length; n++) {
      targets[n] = random.nextGaussian();
      for (int i = 0; i < 4; i++) {
        inputs[n][i] = random.nextGaussian();
      }
    }
    int[] batch = {0, 2, 3};
    double[][] gradient = net.gradient(inputs, targets, batch);
    double h = 1e-6;
    for (int layer = 0; layer < gradient.length; layer++) {
      for (int i = 0; i < gradient[layer].length; i++) {
        double kept = net.parameters()[layer][i];
        net.parameters()[layer][i] = kept + h;
        double above = error(net, inputs, targets, batch);
        net.parameters()[layer][i] = kept - h;
        double below = error(net, inputs, targets, batch);
        net.parameters()[layer][i] = kept;
        assertThat(gradient[layer][i]).isCloseTo((above - below) / (2 * h), within(1e-6));
      }
    }
  }

  private static double error(
      DenseRegression net, double[][] inputs, double[] targets, int[] batch) {
    double sum = 0;
    for (int n : batch) {
      sum += Math.abs(net.predict(inputs[n]) - targets[n]) / batch.length;
    }
    return sum;
  }

  @Test
  void itLearnsWhatIsNoSumOfItsInputs() {
    double[][] inputs = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    double[] targets = {-1, 1, 1, -1};
    SplittableRandom random = new SplittableRandom(1);
    DenseRegression net = new DenseRegression(2, SMALL, random);
    net.fit(inputs, targets, random);
    for (int n = 0; n < 4; n++) {
      assertThat(net.predict(inputs[n])).isCloseTo(targets[n], within(0.3));
    }
  }

  @Test
  void whereNothingIsKnownTheMembersDiffer() {
    FeasibleSpace space = ToySpace.within(13);
    SplittableRandom random = new SplittableRandom(2);
    ToldNetworks told = new ToldNetworks();
    for (int n = 0; n < 16; n++) {
      int[] path = {n % 2, n / 2 % 2, n / 4 % 2, n / 8};
      told.put(path, ToySpace.score(path));
    }
    PredictorEnsemble ensemble = PredictorEnsemble.fit(space, told, 5, 1, SMALL, random);
    double known = 0;
    for (int[] path : told.paths()) {
      known += ensemble.predict(path).deviation() / told.size();
      assertThat(ensemble.predict(path).mean()).isCloseTo(ToySpace.score(path), within(0.1));
    }
    assertThat(ensemble.predict(new int[] {2, 3, 1, 3}).deviation()).isGreaterThan(2 * known);
  }
}
