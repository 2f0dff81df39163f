package org.proxyless.search.supernet.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/** Which variables the candidates of a block have: each its own, or some of them together. */
final class CandidateParts {
  private CandidateParts() {}

  /**
   * The parts of each candidate, in order of layers and parts.
   *
   * @param nested whether candidates whose layers are of the same kinds have the weights of one of
   *     them together, if that one is at least as large as the others in everything
   */
  static List<List<CandidatePart>> of(int block, List<Operator> candidates, boolean nested) {
    List<List<Variable>> own = new ArrayList<>();
    for (int c = 0; c < candidates.size(); c++) {
      own.add(variables(block, c, candidates.get(c)));
    }
    return own.stream().map(each -> parts(each, nested ? largest(each, own) : each)).toList();
  }

  private static List<CandidatePart> parts(List<Variable> own, List<Variable> largest) {
    return IntStream.range(0, own.size())
        .mapToObj(i -> new CandidatePart(own.get(i), largest.get(i)))
        .toList();
  }

  /** Of those with layers of the same kinds the one that holds all of them; else its own. */
  private static List<Variable> largest(List<Variable> own, List<List<Variable>> candidates) {
    List<List<Variable>> alike = candidates.stream().filter(each -> alike(each, own)).toList();
    return alike.stream()
        .filter(large -> alike.stream().allMatch(each -> holds(large, each)))
        .findFirst()
        .orElse(own);
  }

  private static boolean alike(List<Variable> a, List<Variable> b) {
    return a.size() == b.size()
        && IntStream.range(0, a.size())
            .allMatch(
                i ->
                    a.get(i).layer() == b.get(i).layer()
                        && a.get(i).part() == b.get(i).part()
                        && a.get(i).description().getClass() == b.get(i).description().getClass());
  }

  private static boolean holds(List<Variable> large, List<Variable> small) {
    return IntStream.range(0, large.size())
        .allMatch(i -> holds(large.get(i).extents(), small.get(i).extents()));
  }

  private static boolean holds(long[] large, long[] small) {
    return IntStream.range(0, large.length).allMatch(axis -> large[axis] >= small[axis]);
  }

  private static List<Variable> variables(int block, int candidate, Operator operator) {
    List<Variable> variables = new ArrayList<>();
    Shape shape = operator.input();
    List<Layer> layers = operator.layers();
    for (int l = 0; l < layers.size(); l++) {
      for (Part part : NetworkWeights.parts(layers.get(l))) {
        if (!Part.STATISTICS.contains(part)) {
          boolean beforeShortcut = operator.shortcut() && l == layers.size() - 1;
          variables.add(
              new Variable(block, candidate, l, part, layers.get(l), shape, beforeShortcut));
        }
      }
      shape = layers.get(l).output(shape);
    }
    return variables;
  }
}
