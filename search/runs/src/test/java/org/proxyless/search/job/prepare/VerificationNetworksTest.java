package org.proxyless.search.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.LatencyModel;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.search.space.Block;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

class VerificationNetworksTest {
  private static final LatencyModel BY_ARITHMETIC =
      new LatencyModel() {
        @Override
        public double callMillis() {
          return 0.1;
        }

        @Override
        public double operatorMillis(int place, Operator operator) {
          return operator.macs() * 1e-6;
        }
      };

  @Test
  void halfOfThemCoverEveryPartOfTheRange() {
    SearchSpace space = SearchSpaces.load("small", 1, null, null);
    SpaceLatency latency =
        SpaceLatency.of(BY_ARITHMETIC, space.blocks().stream().map(Block::candidates).toList());
    VerificationNetworks drawn =
        VerificationNetworks.draw(space, latency, 21, new SplittableRandom(1));

    assertThat(drawn.uniform()).hasSize(11);
    List<Integer> bands =
        drawn.spread().stream().map(network -> band(network, latency, 10)).toList();
    assertThat(bands).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  private static int band(Network network, SpaceLatency latency, int bands) {
    double share =
        (NetworkLatency.of(network, BY_ARITHMETIC).latencyMillis() - latency.minMillis())
            / (latency.maxMillis() - latency.minMillis());
    return (int) Math.min(bands - 1, share * bands);
  }
}
