package org.proxyless.devices.lite.graph;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network, or operators side by side, in the form that is deployed, independent of any file
 * format: batch normalisation folded, weights as constants. Every format writes this.
 *
 * @param featureMaps by the numbers that operations name them with
 * @param operations in an order in which they can be computed
 */
public record InferenceGraph(List<FeatureMap> featureMaps, List<Operation> operations) {
  public InferenceGraph {
    featureMaps = List.copyOf(featureMaps);
    operations = List.copyOf(operations);
  }

  /** What no operation gives: the images of a network. */
  public int[] inputs() {
    Set<Integer> given = operations.stream().map(Operation::output).collect(Collectors.toSet());
    return IntStream.range(0, featureMaps.size()).filter(map -> !given.contains(map)).toArray();
  }

  /** What is given and no operation takes: the probabilities of a network. */
  public int[] outputs() {
    Set<Integer> taken =
        operations.stream()
            .flatMap(operation -> operation.inputs().stream())
            .collect(Collectors.toSet());
    return operations.stream()
        .mapToInt(Operation::output)
        .filter(output -> !taken.contains(output))
        .toArray();
  }

  /** Whether a feature map is an image: unsigned bytes, and an input. */
  public boolean isImage(int number) {
    return operations.stream()
        .anyMatch(
            operation -> operation instanceof Operation.Pixels pixels && pixels.input() == number);
  }

  /** Whether a feature map is what a softmax gives. */
  public boolean isProbabilities(int number) {
    return operations.stream()
        .anyMatch(
            operation -> operation instanceof Operation.Softmax && operation.output() == number);
  }

  /** What the last operation gives. */
  public int output() {
    return operations.get(operations.size() - 1).output();
  }

  public FeatureMap featureMap(int number) {
    return featureMaps.get(number);
  }
}
