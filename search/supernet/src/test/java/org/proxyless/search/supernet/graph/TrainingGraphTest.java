package org.proxyless.search.supernet.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.proxyless.network.BlockGraph;
import org.proxyless.search.supernet.Toy;
import org.tensorflow.proto.NodeDef;

class TrainingGraphTest {
  private static final String WEIGHT_GRADIENTS = ".*/(filter|weights|bias)-grad|.*/descend";

  /** All nodes that must run for one to run. */
  private static Set<String> neededFor(String output) {
    Map<String, NodeDef> nodes =
        new TrainingGraph(
                BlockGraph.chain(Toy.blocks()),
                Toy.BATCH,
                0,
                TrainingGraph.Choice.GATED,
                Kernels.ofThisMachine())
            .build().getNodeList().stream()
                .collect(Collectors.toMap(NodeDef::getName, Function.identity()));
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of(output));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (needed.add(name)) {
        nodes
            .get(name)
            .getInputList()
            .forEach(input -> open.add(input.replaceAll("^\\^|:[0-9]+$", "")));
      }
    }
    return needed;
  }

  @Test
  void anArchitectureStepComputesNoWeightGradients() {
    assertThat(neededFor(TrainingGraph.GATE_GRADIENTS))
        .contains("b1/c1/sampled/l0/conv", "b2/c1/active/l1/input-grad")
        .noneMatch(node -> node.matches(WEIGHT_GRADIENTS));
    assertThat(neededFor(TrainingGraph.DESCEND)).anyMatch(node -> node.matches(WEIGHT_GRADIENTS));
  }
}
