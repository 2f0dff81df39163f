package org.proxyless.search.supernet.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.BlockGraph.Selection;

/**
 * Gates that follow from a path where nodes choose their inputs; they stand behind those of the
 * decisions. A block that can be selected has one for each candidate, open where it is selected and
 * the candidate is active, and one more that is open where it is not selected. A block that takes
 * loose ends has one for each of its inputs.
 *
 * <p>With gates g of inputs and h of operators a side of a node is Σ_j Σ_c g_j·h_c·o_jc(x_j). So
 * the gradient of an operator's gate is that of the selected block, and the gradient of an input's
 * gate that of the block it selects, of its active candidate. That a state is then no loose end
 * does not count.
 */
public final class InputGates {
  private final BlockGraph graph;
  private final int[] sizes;
  private final List<Optional<Selection>> selections;
  private final List<List<Boolean>> mayBeTaken;
  private final int[] firsts;
  private final int first;
  private final int end;

  /** Something that is told of a gate. */
  public interface Setter {
    void set(int gate, boolean open);
  }

  public InputGates(BlockGraph graph) {
    this.graph = graph;
    this.sizes = graph.sizes();
    this.selections = graph.selections();
    this.mayBeTaken = graph.mayBeTaken();
    this.firsts = new int[graph.blocks().size()];
    this.first = Arrays.stream(sizes).sum();
    int next = first;
    for (int b = 0; b < firsts.length; b++) {
      firsts[b] = next;
      next +=
          selections.get(b).isPresent()
              ? graph.blocks().get(b).candidates().size() + 1
              : mayBeTaken.get(b).size();
    }
    this.end = next;
  }

  /** How many gates there are, those of the decisions included. */
  public int gates() {
    return end;
  }

  /** Whether a block is one that can be selected. */
  boolean isSelectable(int block) {
    return selections.get(block).isPresent();
  }

  /** The first gate of a block that has some. */
  int first(int block) {
    return firsts[block];
  }

  /** Of a block for loose ends: the gate of each input, or −1 of one that is always loose. */
  int[] looseGates(int block) {
    List<Boolean> mayBe = mayBeTaken.get(block);
    return IntStream.range(0, mayBe.size())
        .map(i -> mayBe.get(i) ? firsts[block] + i : -1)
        .toArray();
  }

  /** Opens the gates of a path, and of the candidates that are sampled beside it. */
  public void set(int[] path, boolean[][] sampled, Setter active, Setter inactive) {
    List<List<Integer>> loose = graph.looseEnds(path);
    for (int b = 0; b < firsts.length; b++) {
      for (int i = 0; i < mayBeTaken.get(b).size(); i++) {
        active.set(firsts[b] + i, loose.get(b).contains(i));
        inactive.set(firsts[b] + i, false);
      }
      if (selections.get(b).isPresent()) {
        set(b, selections.get(b).get(), path, sampled, active, inactive);
      }
    }
  }

  private void set(
      int b, Selection selection, int[] path, boolean[][] sampled, Setter active, Setter inactive) {
    int input = selection.decision();
    int operator = graph.blocks().get(b).decision();
    boolean selected = path[input] == selection.option();
    boolean beside = isSampled(sampled[input], selection.option());
    int candidates = graph.blocks().get(b).candidates().size();
    for (int c = 0; c < candidates; c++) {
      boolean isActive = operator == BlockGraph.FIXED || path[operator] == c;
      boolean besideOperator =
          operator != BlockGraph.FIXED && isSampled(sampled[operator], c) && !isActive;
      active.set(firsts[b] + c, selected && isActive);
      inactive.set(firsts[b] + c, selected ? besideOperator : beside && isActive);
    }
    active.set(firsts[b] + candidates, !selected);
    inactive.set(firsts[b] + candidates, false);
  }

  private static boolean isSampled(boolean[] sampled, int option) {
    return option < sampled.length && sampled[option];
  }

  /** The gradients of the decisions' gates, from those of all gates. */
  public double[][] byDecision(float[] ofGates, int[] path) {
    double[][] values = new double[sizes.length][];
    int next = 0;
    for (int d = 0; d < sizes.length; d++) {
      values[d] = new double[sizes[d]];
      for (int c = 0; c < sizes[d]; c++) {
        values[d][c] = ofGates[next++];
      }
    }
    for (int b = 0; b < firsts.length; b++) {
      if (selections.get(b).isPresent()) {
        Selection selection = selections.get(b).get();
        int operator = graph.blocks().get(b).decision();
        int chosen = operator == BlockGraph.FIXED ? 0 : path[operator];
        values[selection.decision()][selection.option()] += ofGates[firsts[b] + chosen];
        if (operator != BlockGraph.FIXED && path[selection.decision()] == selection.option()) {
          for (int c = 0; c < sizes[operator]; c++) {
            values[operator][c] += ofGates[firsts[b] + c];
          }
        }
      }
    }
    return values;
  }
}
