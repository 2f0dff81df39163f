package org.proxyless.search.recurrent.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.proxyless.search.recurrent.cell.Activation;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.GatedCell;
import org.proxyless.search.recurrent.cell.RecurrentSpace;
import org.proxyless.search.recurrent.cell.WiredCell;

/**
 * A part of what a token costs.
 *
 * @param kind what it does
 * @param width of the embedding, d
 * @param rank of the embedding, for the vocabulary; else 0
 */
public record Part(Kind kind, int width, int rank) {
  /** What a part does. */
  public enum Kind {
    /** A call that does nothing: token and state in, probabilities and state out. */
    CALL,
    /** Looking the token up, decoding, softmax. */
    VOCABULARY,
    /** State 0 of a wired cell: [x, h]·W₀, [2d, 2d]. */
    FIRST,
    /** A node of a wired cell with this activation: s·W, [d, 2d]. */
    TANH,
    RELU,
    SIGMOID,
    IDENTITY,
    /** A whole cell. */
    LSTM,
    GRU;

    /** A node's. */
    static Kind of(Activation activation) {
      return valueOf(activation.name());
    }

    /** A gated cell's. */
    static Kind of(GatedCell cell) {
      return valueOf(cell.name());
    }
  }

  /** How it is called in tables: {@code relu d=128}. */
  public String key() {
    return kind.name().toLowerCase(Locale.ROOT)
        + " d="
        + width
        + (kind == Kind.VOCABULARY && rank > 0 ? " r=" + rank : "");
  }

  /** The parts of a model, each as often as it is there. */
  public static List<Part> of(Architecture architecture) {
    int d = architecture.embedding();
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(Kind.CALL, d, 0));
    parts.add(new Part(Kind.VOCABULARY, d, architecture.rank()));
    if (architecture.cell() instanceof WiredCell wired) {
      parts.add(new Part(Kind.FIRST, d, 0));
      wired.nodes().forEach(node -> parts.add(new Part(Kind.of(node.activation()), d, 0)));
    } else {
      parts.add(new Part(Kind.of((GatedCell) architecture.cell()), d, 0));
    }
    return parts;
  }

  /** The parts of all models of a space, each once. */
  public static List<Part> of(RecurrentSpace space) {
    List<Part> parts = new ArrayList<>();
    for (int d : space.embeddings()) {
      parts.add(new Part(Kind.CALL, d, 0));
      for (int rank : space.ranks().isEmpty() ? List.of(0) : space.ranks()) {
        parts.add(new Part(Kind.VOCABULARY, d, rank));
      }
      parts.add(new Part(Kind.FIRST, d, 0));
      for (Activation activation : Activation.values()) {
        parts.add(new Part(Kind.of(activation), d, 0));
      }
    }
    return parts;
  }
}
