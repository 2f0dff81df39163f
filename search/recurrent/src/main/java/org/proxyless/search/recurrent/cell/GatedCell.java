package org.proxyless.search.recurrent.cell;

import java.util.List;
import java.util.Locale;

/** The two cells that everyone knows, to compare with. */
public enum GatedCell implements Cell {
  /**
   * Long short-term memory (Hochreiter and Schmidhuber, 1997; with the forget gate of Gers et al.,
   * 2000): i, f, o = σ, g = tanh of [x, h]·W + b; c ← f·c + i·g; h = o·tanh(c). The state is [h,
   * c].
   */
  LSTM(4),
  /**
   * Gated recurrent unit (Cho et al., 2014): r, z = σ([x, h]·W + b); n = tanh([x, r·h]·U + u); h ←
   * (1 − z)·n + z·h.
   */
  GRU(3);

  /** The matrix of all gates (LSTM), of r and z (GRU). */
  public static final String GATES = "gates";

  /** The gates' bias. */
  public static final String GATES_BIAS = "gates-bias";

  /** The GRU's matrix of n. */
  public static final String CANDIDATE = "candidate";

  /** The GRU's bias of n. */
  public static final String CANDIDATE_BIAS = "candidate-bias";

  private final int blocks;

  GatedCell(int blocks) {
    this.blocks = blocks;
  }

  @Override
  public List<Weight> weights(int d) {
    if (this == LSTM) {
      return List.of(new Weight(GATES, 2 * d, blocks * d), new Weight(GATES_BIAS, 1, blocks * d));
    }
    return List.of(
        new Weight(GATES, 2 * d, 2 * d),
        new Weight(GATES_BIAS, 1, 2 * d),
        new Weight(CANDIDATE, 2 * d, d),
        new Weight(CANDIDATE_BIAS, 1, d));
  }

  @Override
  public int stateSize(int embedding) {
    return this == LSTM ? 2 * embedding : embedding;
  }

  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
