package org.proxyless.search.recurrent.cell;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.cell.Cell.Weight;

/**
 * A language model: an embedding of the vocabulary, a cell, and a decoder that uses the embedding's
 * matrix again (weight tying, Press and Wolf, 2017). The matrix may be a product of two, [V, r] and
 * [r, d], which saves most of a large vocabulary's weights (Lan et al., ALBERT, 2020, section 3.1).
 *
 * @param cell what is repeated for every token
 * @param embedding width of the embedding and of the cell's output, d
 * @param rank of the factorised embedding, r; 0 where it is whole
 * @param decoderBias whether the decoder has a bias, as DARTS's has and enas_lm's has not
 */
public record Architecture(Cell cell, int embedding, int rank, boolean decoderBias) {
  /** The embedding's matrix, [V, d], or [V, r] where it is factorised. */
  public static final String EMBEDDING = "embedding";

  /** The second factor of a factorised embedding, [r, d]. */
  public static final String PROJECTION = "projection";

  /** The decoder's bias, [V]. */
  public static final String BIAS = "decoder-bias";

  /**
   * @throws InvalidInputException if the embedding has no width, or the rank is not below it
   */
  public Architecture {
    if (embedding < 1) {
      throw new InvalidInputException(
          "the embedding's width is " + embedding + "; it must be at least 1.");
    }
    if (rank < 0 || rank >= embedding) {
      throw new InvalidInputException(
          "the embedding's rank is "
              + rank
              + "; it must be below its width of "
              + embedding
              + ", or 0 for a whole matrix.");
    }
  }

  /** All weights, in the order in which they get their first values. */
  public List<Weight> weights(int vocabulary) {
    List<Weight> weights = new ArrayList<>();
    weights.add(new Weight(EMBEDDING, vocabulary, rank == 0 ? embedding : rank));
    if (rank > 0) {
      weights.add(new Weight(PROJECTION, rank, embedding));
    }
    weights.addAll(cell.weights(embedding));
    if (decoderBias) {
      weights.add(new Weight(BIAS, 1, vocabulary));
    }
    return weights;
  }

  /** How many numbers the weights are. */
  public long parameters(int vocabulary) {
    return weights(vocabulary).stream().mapToLong(Weight::size).sum();
  }

  /** How many numbers a stream's state has. */
  public int stateSize() {
    return cell.stateSize(embedding);
  }

  /** In a few words. */
  @Override
  public String toString() {
    return cell.text() + " at " + embedding + (rank > 0 ? ", embedding of rank " + rank : "");
  }
}
