package org.proxyless.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.Samples;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Concat;

class NetworkTest {
  private static final Operator ADD = new Operator(new Add(2), new Shape(4, 4, 16), 16, 1, false);
  private static final Operator CONCAT =
      new Operator(new Concat(3), new Shape(4, 4, 16), 48, 1, false);
  private static final Operator HEAD =
      new Operator(new Classifier(), new Shape(4, 4, 48), 10, 1, false);
  private static final List<Operator> OPERATORS =
      List.of(Samples.STEM, Samples.SMALL, Samples.LARGE, ADD, CONCAT, HEAD);

  private static Network graph(List<List<Integer>> inputs) {
    return new Network("graph", OPERATORS, inputs);
  }

  private static Network graph() {
    return graph(
        List.of(List.of(-1), List.of(0), List.of(0), List.of(1, 2), List.of(0, 3, 1), List.of(4)));
  }

  @Provide
  Arbitrary<Network> networks() {
    return Samples.networks();
  }

  @Property(tries = 50)
  void aChainIsWhatItsKeysSay(@ForAll("networks") Network chain) {
    assertThat(chain.isChain()).isTrue();
    assertThat(chain.keys()).isEqualTo(chain.operators().stream().map(Operator::key).toList());
    assertThat(Network.ofKeys(chain.name(), chain.keys())).isEqualTo(chain);
  }

  @Test
  void aGraphIsWhatItsKeysSay() {
    Network graph = graph();
    assertThat(graph.isChain()).isFalse();
    assertThat(graph.keys())
        .contains(
            "Add(inputs=2) 4x4x16->4x4x16 s1 from 1,2",
            "Concat(inputs=3) 4x4x16->4x4x48 s1 from 0,3,1");
    assertThat(Network.ofKeys("graph", graph.keys())).isEqualTo(graph);
    assertThatThrownBy(() -> Network.ofKeys("graph", List.of(ADD.key() + " from 1,x")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("from 1,x");
  }

  @Test
  void joinsHaveNoParametersAndNoMultiplyAccumulates() {
    Network chain = Samples.network(Samples.SMALL, Samples.LARGE);
    assertThat(graph().parameters() - HEAD.parameters())
        .isEqualTo(chain.parameters() - Samples.HEAD.parameters());
    assertThat(graph().macs() - HEAD.macs()).isEqualTo(chain.macs() - Samples.HEAD.macs());
  }

  @Test
  void whatIsNoGraphIsRefusedByTheOperatorThatIsWrong() {
    assertRefused(
        List.of(List.of(-1), List.of(0), List.of(3), List.of(1, 2), List.of(0, 3, 1), List.of(4)),
        "operator 2 takes what operator 3 gives, which is not before it");
    assertRefused(
        List.of(List.of(-1), List.of(0), List.of(0), List.of(1), List.of(0, 3, 1), List.of(4)),
        "operator 3 takes 2 inputs but has [1]");
    assertRefused(
        List.of(List.of(-1), List.of(0), List.of(0), List.of(1, 1), List.of(0, 3, 1), List.of(4)),
        "nothing takes what operator 2 gives");
    assertRefused(
        List.of(List.of(-1), List.of(0), List.of(0), List.of(1, 2), List.of(0, 3, 1), List.of(3)),
        "operator 5 takes 4x4x48 but operator 3 gives 4x4x16");
    assertRefused(
        List.of(List.of(-1), List.of(0), List.of(-1), List.of(1, 2), List.of(0, 3, 1), List.of(4)),
        "operator 2 takes 4x4x16 but the image has 8x8x1");
    assertRefused(
        List.of(List.of(0), List.of(0), List.of(0), List.of(1, 2), List.of(0, 3, 1), List.of(4)),
        "operator 0 must take the image");
    assertRefused(List.of(List.of(-1)), "6 operators but inputs of 1");
  }

  private static void assertRefused(List<List<Integer>> inputs, String reason) {
    assertThatThrownBy(() -> graph(inputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
