package org.proxyless.search.recurrent.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cells by name: published ones, and those to compare with. */
public final class Cells {
  private static final Map<String, Cell> BY_NAME = new LinkedHashMap<>();

  static {
    // Liu et al., 2019; quark0/darts, rnn/genotypes.py.
    BY_NAME.put(
        "darts-v1",
        WiredCell.parse("relu 0, relu 1, tanh 2, relu 3, relu 4, identity 1, relu 5, relu 1"));
    BY_NAME.put(
        "darts-v2",
        WiredCell.parse(
            "sigmoid 0, relu 1, relu 1, identity 1, tanh 2, sigmoid 5, tanh 3, relu 5"));
    // google-research/enas_lm.
    BY_NAME.put("enas-lm", CellEncoding.ENAS_LM.decode("0 2 1 0 2 1 2 2 4 0 5 0 3 2 6 2"));
    // Pham et al., 2018; melodyguan/enas.
    BY_NAME.put("enas", CellEncoding.ENAS.decode("0 0 0 1 1 2 1 2 0 2 0 5 1 1 0 6 1 8 1 8 1 8 1"));
    BY_NAME.put("lstm", GatedCell.LSTM);
    BY_NAME.put("gru", GatedCell.GRU);
  }

  private Cells() {}

  /** All names. */
  public static List<String> names() {
    return new ArrayList<>(BY_NAME.keySet());
  }

  /**
   * A cell by its name, or as {@link Cell#text} writes it.
   *
   * @throws org.proxyless.base.InvalidInputException if it is neither
   */
  public static Cell of(String nameOrText) {
    Cell named = BY_NAME.get(nameOrText);
    return named == null ? WiredCell.parse(nameOrText) : named;
  }
}
