package org.proxyless.search.strategy.controller;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.Categorical;

/**
 * The controller of ENAS and NASNet: an LSTM of one layer that makes one choice after another, each
 * seeing those before it. With [i, f, o, g] = [x, h] W: c ← σ(f)·c + σ(i)·tanh(g), h ←
 * σ(o)·tanh(c). x is the embedding of the choice before, the logits of a choice are κ·tanh(h·V /
 * T). All weights start U(−0.1, 0.1); there are no biases, as in ENAS's code.
 *
 * <p>The gradient is written out by hand: backpropagation through time over as many steps as there
 * are choices.
 */
final class LstmController {
  private static final double INITIAL_RANGE = 0.1;
  private static final int GATES = 4;
  private static final int START = 0;
  private static final int RECURRENT = 1;
  private static final int FIRST_CHOICE = 2;

  private final int[] sizes;
  private final int hidden;
  private final double tanhConstant;
  private final double temperature;

  /**
   * The start's embedding [h]; W [2h, 4h]; the embeddings of each choice's candidates [C, h]; the V
   * of each choice, transposed [C, h].
   */
  private final double[][] parameters;

  /**
   * @param sizes the candidates of each choice
   * @param hidden h, the cells of the LSTM
   * @param tanhConstant κ, which bounds the logits: more can decide more firmly
   * @param temperature T: more starts more evenly
   */
  LstmController(
      int[] sizes, int hidden, double tanhConstant, double temperature, RandomGenerator random) {
    this.sizes = sizes.clone();
    this.hidden = hidden;
    this.tanhConstant = tanhConstant;
    this.temperature = temperature;
    parameters = new double[FIRST_CHOICE + 2 * sizes.length][];
    parameters[START] = new double[hidden];
    parameters[RECURRENT] = new double[2 * hidden * GATES * hidden];
    for (int t = 0; t < sizes.length; t++) {
      parameters[embedding(t)] = new double[sizes[t] * hidden];
      parameters[head(t)] = new double[sizes[t] * hidden];
    }
    for (double[] block : parameters) {
      Arrays.setAll(block, i -> random.nextDouble(-INITIAL_RANGE, INITIAL_RANGE));
    }
  }

  private int embedding(int choice) {
    return FIRST_CHOICE + choice;
  }

  private int head(int choice) {
    return FIRST_CHOICE + sizes.length + choice;
  }

  /** The weights themselves, for their optimiser. */
  double[][] parameters() {
    return parameters;
  }

  /** The lengths of the blocks of weights. */
  int[] parameterSizes() {
    return Arrays.stream(parameters).mapToInt(block -> block.length).toArray();
  }

  /**
   * A run through all choices.
   *
   * @param path what was chosen
   * @param probabilities of each choice, given those before it, [choice][candidate]
   */
  record Episode(int[] path, double[][] probabilities, Cell[] cells) {
    /** log p of a choice, given those before it. */
    double logProbability(int choice) {
      return Math.log(probabilities[choice][path[choice]]);
    }

    /** Σ over the choices of −Σ p log p, in nats. */
    double entropy() {
      return Arrays.stream(probabilities).mapToDouble(LstmController::entropy).sum();
    }
  }

  /** What a step leaves for its backward step; gates are [i, f, o, g] after their functions. */
  record Cell(double[] input, double[] gates, double[] before, double[] memory, double[] output) {}

  private static double entropy(double[] p) {
    return -Arrays.stream(p).map(x -> x > 0 ? x * Math.log(x) : 0).sum();
  }

  /** Draws a path. */
  Episode draw(RandomGenerator random) {
    return run(new int[sizes.length], random);
  }

  /** The run that would have chosen this path. */
  Episode replay(int[] path) {
    return run(path.clone(), null);
  }

  private Episode run(int[] path, RandomGenerator random) {
    double[][] p = new double[sizes.length][];
    Cell[] cells = new Cell[sizes.length];
    double[] output = new double[hidden];
    double[] memory = new double[hidden];
    for (int t = 0; t < sizes.length; t++) {
      cells[t] = step(t == 0 ? -1 : path[t - 1], t, output, memory);
      output = cells[t].output();
      memory = cells[t].memory();
      p[t] = Categorical.softmax(logits(t, output));
      if (random != null) {
        path[t] = Categorical.sample(p[t], random);
      }
    }
    return new Episode(path, p, cells);
  }

  private Cell step(int chosenBefore, int t, double[] outputBefore, double[] memoryBefore) {
    double[] input = new double[2 * hidden];
    double[] embeddings = t == 0 ? parameters[START] : parameters[embedding(t - 1)];
    System.arraycopy(embeddings, t == 0 ? 0 : chosenBefore * hidden, input, 0, hidden);
    System.arraycopy(outputBefore, 0, input, hidden, hidden);
    int width = GATES * hidden;
    double[] gates = new double[width];
    double[] recurrent = parameters[RECURRENT];
    for (int k = 0; k < input.length; k++) {
      double factor = input[k];
      int row = k * width;
      for (int j = 0; j < width; j++) {
        gates[j] += factor * recurrent[row + j];
      }
    }
    double[] memory = new double[hidden];
    double[] output = new double[hidden];
    for (int j = 0; j < width; j++) {
      gates[j] = j < 3 * hidden ? 1 / (1 + Math.exp(-gates[j])) : Math.tanh(gates[j]);
    }
    for (int j = 0; j < hidden; j++) {
      memory[j] = gates[hidden + j] * memoryBefore[j] + gates[j] * gates[3 * hidden + j];
      output[j] = gates[2 * hidden + j] * Math.tanh(memory[j]);
    }
    return new Cell(input, gates, memoryBefore, memory, output);
  }

  private double[] logits(int t, double[] output) {
    double[] logits = new double[sizes[t]];
    for (int c = 0; c < logits.length; c++) {
      for (int j = 0; j < hidden; j++) {
        logits[c] += output[j] * parameters[head(t)][c * hidden + j];
      }
      logits[c] = tanhConstant * Math.tanh(logits[c] / temperature);
    }
    return logits;
  }

  /** Zeros in the shape of the weights. */
  double[][] zeros() {
    return Arrays.stream(parameters)
        .map(block -> new double[block.length])
        .toArray(double[][]::new);
  }

  /**
   * Adds the gradient of Σ_t −w_t log p_t − η Σ_t H_t to a sum, H_t being a choice's entropy.
   *
   * @param weights w, by choice
   * @param entropyWeight η
   * @param gradient the sum, in the shape of the weights
   */
  void accumulate(Episode episode, double[] weights, double entropyWeight, double[][] gradient) {
    double[] ofOutput = new double[hidden];
    double[] ofMemory = new double[hidden];
    for (int t = sizes.length - 1; t >= 0; t--) {
      throughHead(t, episode, weights[t], entropyWeight, ofOutput, gradient);
      double[] ofInput = throughCell(episode.cells()[t], ofOutput, ofMemory, gradient);
      double[] embeddings = t == 0 ? gradient[START] : gradient[embedding(t - 1)];
      int row = t == 0 ? 0 : episode.path()[t - 1] * hidden;
      for (int j = 0; j < hidden; j++) {
        embeddings[row + j] += ofInput[j];
        ofOutput[j] = ofInput[hidden + j];
      }
    }
  }

  /** Adds to the gradient of the cell's output what comes through the logits. */
  private void throughHead(
      int t, Episode episode, double weight, double eta, double[] ofOutput, double[][] gradient) {
    double[] output = episode.cells()[t].output();
    double[] logits = logits(t, output);
    double[] p = episode.probabilities()[t];
    double entropy = entropy(p);
    for (int c = 0; c < p.length; c++) {
      double ofLogit = weight * (p[c] - (episode.path()[t] == c ? 1 : 0));
      ofLogit += p[c] > 0 ? eta * p[c] * (Math.log(p[c]) + entropy) : 0;
      double bounded = logits[c] / tanhConstant;
      double slope = ofLogit * tanhConstant / temperature * (1 - bounded * bounded);
      for (int j = 0; j < hidden; j++) {
        gradient[head(t)][c * hidden + j] += slope * output[j];
        ofOutput[j] += slope * parameters[head(t)][c * hidden + j];
      }
    }
  }

  /** Returns the gradient to [x, h before]; that of the memory is carried on in place. */
  private double[] throughCell(Cell cell, double[] ofOutput, double[] ofMemory, double[][] sum) {
    int width = GATES * hidden;
    double[] ofGates = new double[width];
    for (int j = 0; j < hidden; j++) {
      double i = cell.gates()[j];
      double f = cell.gates()[hidden + j];
      double o = cell.gates()[2 * hidden + j];
      double g = cell.gates()[3 * hidden + j];
      double tanh = Math.tanh(cell.memory()[j]);
      double ofCell = ofMemory[j] + ofOutput[j] * o * (1 - tanh * tanh);
      ofGates[j] = ofCell * g * i * (1 - i);
      ofGates[hidden + j] = ofCell * cell.before()[j] * f * (1 - f);
      ofGates[2 * hidden + j] = ofOutput[j] * tanh * o * (1 - o);
      ofGates[3 * hidden + j] = ofCell * i * (1 - g * g);
      ofMemory[j] = ofCell * f;
    }
    double[] ofInput = new double[2 * hidden];
    double[] recurrent = parameters[RECURRENT];
    double[] ofRecurrent = sum[RECURRENT];
    for (int k = 0; k < ofInput.length; k++) {
      double input = cell.input()[k];
      int row = k * width;
      double through = 0;
      for (int j = 0; j < width; j++) {
        through += ofGates[j] * recurrent[row + j];
      }
      for (int j = 0; j < width; j++) {
        ofRecurrent[row + j] += ofGates[j] * input;
      }
      ofInput[k] = through;
    }
    return ofInput;
  }

  /** The mean of the choices' probabilities over paths drawn: the marginals, nearly. */
  double[][] marginals(int draws, RandomGenerator random) {
    double[][] mean = Arrays.stream(sizes).mapToObj(double[]::new).toArray(double[][]::new);
    for (int n = 0; n < draws; n++) {
      double[][] p = draw(random).probabilities();
      for (int t = 0; t < p.length; t++) {
        for (int c = 0; c < p[t].length; c++) {
          mean[t][c] += p[t][c] / draws;
        }
      }
    }
    return mean;
  }
}
