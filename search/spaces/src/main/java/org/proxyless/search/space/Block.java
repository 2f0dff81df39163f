package org.proxyless.search.space;

import java.util.List;
import org.proxyless.network.Operator;

/**
 * One place in a search space. All candidates take and give the same shapes.
 *
 * @param name unique within its space, for example {@code stage2.1}
 * @param candidates one operator if the place is fixed; several if the search chooses
 */
public record Block(String name, List<Operator> candidates) {
  public Block {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("block " + name + " has no operator");
    }
    Operator first = candidates.get(0);
    for (Operator other : candidates) {
      if (!other.input().equals(first.input()) || !other.output().equals(first.output())) {
        throw new IllegalArgumentException(
            "block "
                + name
                + ": "
                + other.key()
                + " must take and give the same shapes as "
                + first.key());
      }
    }
  }

  /** Whether the search chooses here. */
  public boolean isEdge() {
    return candidates.size() > 1;
  }
}
