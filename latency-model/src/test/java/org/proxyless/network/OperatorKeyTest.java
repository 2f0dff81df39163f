package org.proxyless.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

class OperatorKeyTest {
  @Test
  void aKeyNamesOneOperator() {
    Shape shape = new Shape(15, 14, 24);
    for (Operator operator :
        new Operator[] {
          new Operator(new MBConv(3, 6), shape, 40, 2, false),
          new Operator(new MBConv(5, 3), shape, 24, 1, true),
          new Operator(new Zero(), shape, 24, 1, true),
          new Operator(new Classifier(), shape, 10, 1, false),
        }) {
      assertThat(Operator.ofKey(operator.key())).isEqualTo(operator);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "call",
        "MBConv 14x14x24->14x14x24 s1",
        "MBConv(kernel=3) 14x14x24->14x14x24 s1",
        "MBConv(kernel=2,expansion=3) 14x14x24->14x14x24 s1",
        "MBConv(expansion=3,kernel=3) 14x14x24->14x14x24 s1",
        "Conv(kernel=3) 14x14x24->14x14x8 s2",
        "Conv(kernel=3) 14x14x24->7x7x8 s2 shortcut",
        "Conv(kernel=3) 0x14x24->7x7x8 s2",
        "Conv(kernel=99999999999) 14x14x24->7x7x8 s2",
        "Squeeze() 14x14x24->14x14x24 s1",
      })
  void whatIsNoKeyIsRefusedInOneLine(String key) {
    assertThatThrownBy(() -> Operator.ofKey(key))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageNotContaining("\n");
  }
}
