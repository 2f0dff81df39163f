package org.proxyless.devices.lite;

import java.util.List;

/**
 * A network in the form that is deployed, independent of any file format: batch normalisation
 * folded, weights as constants, from bytes to probabilities. Every format writes this.
 *
 * @param featureMaps by the numbers that operations name them with
 * @param operations in an order in which they can be computed
 */
record InferenceGraph(List<FeatureMap> featureMaps, List<Operation> operations) {
  InferenceGraph {
    featureMaps = List.copyOf(featureMaps);
    operations = List.copyOf(operations);
  }

  /** The images: unsigned bytes. */
  int input() {
    return operations.get(0).inputs().get(0);
  }

  /** What the last operation gives. */
  int output() {
    return operations.get(operations.size() - 1).output();
  }

  FeatureMap featureMap(int number) {
    return featureMaps.get(number);
  }
}
