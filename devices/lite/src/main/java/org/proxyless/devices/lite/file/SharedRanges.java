package org.proxyless.devices.lite.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Operation;

/**
 * Which feature maps must be rounded to bytes in the same way: what a pool takes and gives, and
 * what is concatenated and the whole, since these copy bytes (TensorFlow Lite's 8-bit quantisation
 * specification).
 */
final class SharedRanges {
  private final List<Set<Integer>> groups;

  private SharedRanges(List<Set<Integer>> groups) {
    this.groups = groups;
  }

  static SharedRanges of(InferenceGraph graph) {
    List<Set<Integer>> groups = new ArrayList<>();
    for (int map = 0; map < graph.featureMaps().size(); map++) {
      groups.add(new HashSet<>(Set.of(map)));
    }
    for (Operation operation : graph.operations()) {
      if (operation instanceof Operation.Pool || operation instanceof Operation.Concatenation) {
        operation.inputs().forEach(input -> unite(groups, input, operation.output()));
      }
    }
    return new SharedRanges(groups);
  }

  private static void unite(List<Set<Integer>> groups, int some, int other) {
    Set<Integer> all = groups.get(some);
    all.addAll(groups.get(other));
    all.forEach(map -> groups.set(map, all));
  }

  /** A feature map and all that are rounded like it. */
  Set<Integer> with(int featureMap) {
    return groups.get(featureMap);
  }
}
