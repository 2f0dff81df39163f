package org.proxyless.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.OperatorMeasuring.Block;

class OperatorMeasuringTest {
  @Test
  void disturbedBlocksDoNotCount() {
    List<Block> blocks =
        List.of(
            new Block(900, -70), // disturbed without the operator
            new Block(101, 10),
            new Block(100, 11),
            new Block(102, 9),
            new Block(800, 200)); // disturbed with it
    assertThat(OperatorMeasuring.quieterHalf(blocks)).containsExactly(11.0, 10.0, 9.0);
  }
}
