package org.proxyless.search.supernet.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;
import org.proxyless.search.space.Block;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/**
 * The graphs of the space {@code small}, byte for byte, with kernels that no machine chooses: what
 * is written for a chain stays what it is, whatever else becomes possible. A hash that differs is a
 * change of behaviour, to be made on purpose and said in the commit.
 */
class ChainGraphsTest {
  private static final Kernels KERNELS = Kernels.of("1", "amd64", Set::of);

  private static SearchSpace small() {
    return SearchSpaces.load("small", 1, null, null);
  }

  @ParameterizedTest
  @CsvSource({
    "GATED, a05e71e7a1aab8a0",
    "NESTED, 01c91ad9a0e9426b",
    "MIXED, 03f7c36663b5ca7c",
  })
  void theTrainingGraphOfAChainStaysWhatItIs(TrainingGraph.Choice choice, String hash) {
    List<List<Operator>> blocks = small().blocks().stream().map(Block::candidates).toList();
    TrainingGraph graph = new TrainingGraph(BlockGraph.chain(blocks), 8, 1e-4f, choice, KERNELS);
    assertThat(hash(graph.build().toByteArray())).isEqualTo(hash);
  }

  @Test
  void theDeployedGraphsOfChainsStayWhatTheyAre() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder hashes = new StringBuilder();
    int[] counts = small().candidateCounts();
    for (int n = 0; n < 5; n++) {
      int[] path = new int[counts.length];
      for (int edge = 0; edge < path.length; edge++) {
        path[edge] = random.nextInt(counts[edge]);
      }
      Network network = small().network(path);
      byte[] graph =
          DeployedGraph.of(network, weights(network), Normalization.symmetric(1)).toByteArray();
      hashes.append(hash(graph)).append(network.parameters()).append(' ').append(network.macs());
    }
    assertThat(hash(hashes.toString().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("945247f54c9a32a1");
  }

  /** Fractions of powers of two, so that no machine rounds them; their places in their order. */
  private static NetworkWeights weights(Network network) {
    NetworkWeights weights = NetworkWeights.initial(network, new SplittableRandom(2));
    int first = 0;
    for (float[] values : weights.all().values()) {
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.25f + (first + i) % 7 * 0.125f;
      }
      first++;
    }
    return weights;
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
