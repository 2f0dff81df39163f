package org.proxyless.search.strategy.blackbox;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The beginning of networks in a search tree, with what those scored that were tried. */
final class TreeNode {
  /** Of the UCT bound; the authors' default for scores from 0 to 1. */
  private static final double EXPLORATION = 1;

  /** Null until it grows; of these null are what no feasible network begins with. */
  private TreeNode[] children;

  private int trials;
  private double sum;
  private boolean closed;

  boolean isLeaf() {
    return children == null;
  }

  /** Whether all that begins so was asked for. */
  boolean isClosed() {
    return closed;
  }

  TreeNode child(int candidate) {
    return children[candidate];
  }

  int trials() {
    return trials;
  }

  /**
   * Gets children.
   *
   * @param possible which there can be
   */
  void grow(boolean[] possible) {
    children = new TreeNode[possible.length];
    for (int candidate = 0; candidate < possible.length; candidate++) {
      children[candidate] = possible[candidate] ? new TreeNode() : null;
    }
    closed = open().length == 0;
  }

  private int[] open() {
    return IntStream.range(0, children.length)
        .filter(candidate -> children[candidate] != null && !children[candidate].closed)
        .toArray();
  }

  /** The open child with the greatest bound; equal ones are drawn from. */
  int best(RandomGenerator random) {
    int[] open = open();
    double greatest = Arrays.stream(open).mapToDouble(this::bound).max().orElseThrow();
    int[] best = Arrays.stream(open).filter(c -> bound(c) == greatest).toArray();
    return best[random.nextInt(best.length)];
  }

  private double bound(int candidate) {
    TreeNode child = children[candidate];
    return child.trials == 0
        ? Double.POSITIVE_INFINITY
        : child.sum / child.trials + EXPLORATION * Math.sqrt(2 * Math.log(trials) / child.trials);
  }

  /** A network scored this: counts in every node that it begins with. */
  void learn(int[] path, double score) {
    TreeNode node = this;
    for (int depth = 0; node != null; depth++) {
      node.trials++;
      node.sum += score;
      node = node.children == null ? null : node.children[path[depth]];
    }
  }

  /**
   * Closes the node that so many choices of a path lead to, if the tree reaches that far, and those
   * before it that have nothing else open.
   */
  void close(int[] path, int depth) {
    close(path, 0, depth);
  }

  private void close(int[] path, int at, int depth) {
    if (at == depth) {
      closed = true;
    } else if (children != null && children[path[at]] != null) {
      children[path[at]].close(path, at + 1, depth);
      closed = open().length == 0;
    }
  }
}
