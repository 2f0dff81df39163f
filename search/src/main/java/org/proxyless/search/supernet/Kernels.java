package org.proxyless.search.supernet;

import org.proxyless.devices.tensorflow.GraphWriter;

/** The one place that says which of TensorFlow's kernels a training node runs. */
final class Kernels {
  /** Starts a node of a standard operation. */
  GraphWriter.Node node(GraphWriter graph, String operation, String name) {
    return graph.node(operation, name);
  }
}
