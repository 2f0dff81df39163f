package org.proxyless.search.recurrent.job;

import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cells;
import org.proxyless.search.recurrent.cell.RecurrentSpace;
import org.proxyless.search.recurrent.cell.RecurrentSpace.Sharing;
import org.proxyless.search.recurrent.text.TextUnit;
import org.proxyless.search.recurrent.train.Learning;
import org.proxyless.search.recurrent.train.Learning.Dropouts;
import org.proxyless.search.run.settings.Rules;
import org.proxyless.search.run.settings.StrategyKind;

/**
 * What a run of a language model is to do.
 *
 * @param text name, file or folder of the text
 * @param unit what its tokens are
 * @param vocabulary the most tokens of the vocabulary
 * @param space {@code darts-rnn} or {@code enas-rnn}: which weights the supernet shares
 * @param cell the one to train; null where one is searched
 * @param embeddings widths to choose from, ascending
 * @param nodes numbers of nodes to choose from, ascending
 * @param ranks of a factorised embedding to choose from, ascending; empty for a whole one
 * @param targetMillis the latency of a token; null where nothing is searched
 * @param device name or file of a device profile
 * @param table file of a latency table; null to measure one
 * @param strategy how to search
 * @param searchSteps of the shared weights
 * @param trainSteps of the model that was found
 * @param fromScratch whether it is trained anew, not from the shared weights
 * @param batchSize streams of a batch
 * @param unroll tokens of a window
 * @param rate of learning
 * @param dropout {@code none}, {@code light}, {@code darts-search}, {@code darts}, {@code enas-lm}
 * @param threads for training
 * @param seed of every random choice
 * @param out the run directory; null for a new one
 */
public record LanguageSettings(
    String text,
    TextUnit unit,
    int vocabulary,
    String space,
    String cell,
    List<Integer> embeddings,
    List<Integer> nodes,
    List<Integer> ranks,
    Double targetMillis,
    String device,
    Path table,
    StrategyKind strategy,
    int searchSteps,
    int trainSteps,
    boolean fromScratch,
    int batchSize,
    int unroll,
    double rate,
    String dropout,
    int threads,
    long seed,
    Path out) {
  /** The space of DARTS. */
  public static final String DARTS_RNN = "darts-rnn";

  /** The space of ENAS. */
  public static final String ENAS_RNN = "enas-rnn";

  /**
   * @throws InvalidInputException if a value breaks its rule
   */
  public LanguageSettings {
    Rules.atLeast("--vocabulary", 2, vocabulary);
    Rules.positive("--target-ms", targetMillis);
    Rules.atLeast("--search-steps", 1, searchSteps);
    Rules.atLeast("--train-steps", 1, trainSteps);
    Rules.atLeast("--batch-size", 1, batchSize);
    Rules.between("--unroll", 2, 1000, unroll);
    Rules.positive("--rate", rate);
    Rules.atLeast("--threads", 1, threads);
    if (!space.equals(DARTS_RNN) && !space.equals(ENAS_RNN)) {
      throw new InvalidInputException(
          "--space is " + space + "; it must be " + DARTS_RNN + " or " + ENAS_RNN + ".");
    }
    if (strategy.needsGradients()) {
      throw new InvalidInputException(
          "--strategy is "
              + strategy
              + "; cells are searched by what they score, not by gradients: take evolution,"
              + " random, asng, enas, nasnet-ppo, reinforce or bayes.");
    }
    dropouts(dropout);
    if (cell != null) {
      new Architecture(Cells.of(cell), embeddings.get(0), ranks.isEmpty() ? 0 : ranks.get(0), true);
    } else {
      new RecurrentSpace(Sharing.BY_NODE, embeddings, nodes, ranks);
      if (targetMillis == null) {
        throw new InvalidInputException(
            "--target-ms is missing; give the milliseconds that a token may take, like 0.1.");
      }
    }
  }

  private static Dropouts dropouts(String name) {
    return switch (name) {
      case "none" -> Dropouts.NONE;
      case "light" -> new Dropouts(0, 0.05, 0, 0.05, 0.1);
      case "darts-search" -> Dropouts.DARTS_SEARCH;
      case "darts" -> Dropouts.DARTS;
      case "enas-lm" -> Dropouts.ENAS_LM;
      default ->
          throw new InvalidInputException(
              "--dropout is " + name + "; it must be none, light, darts-search, darts or enas-lm.");
    };
  }

  /** Whether a cell is searched, or one is trained. */
  boolean searches() {
    return cell == null;
  }

  /** What is chosen from. */
  RecurrentSpace recurrentSpace() {
    Sharing sharing = space.equals(DARTS_RNN) ? Sharing.BY_NODE : Sharing.BY_CHOICE;
    return new RecurrentSpace(sharing, embeddings, nodes, ranks);
  }

  /** The model to train where nothing is searched. */
  Architecture architecture() {
    return new Architecture(
        Cells.of(cell),
        embeddings.get(0),
        ranks.isEmpty() ? 0 : ranks.get(0),
        space.equals(DARTS_RNN));
  }

  /** How models learn. */
  Learning learning() {
    return Learning.of(batchSize, unroll, dropouts(dropout), threads);
  }
}
