package org.proxyless.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;

class PublishedNetworksTest {
  /**
   * Of convolutions and the dense layer; counted independently of this code, those of NASNet-A
   * mobile and large also published (5.3 M and 564 M, 88.9 M and 23.8 B).
   */
  @ParameterizedTest
  @CsvSource({
    "nasnet-a-mobile,       5289978,   563638816",
    "nasnet-a-large,       88753150, 23783414658",
    "nasnet-a-cifar,        3346538,   544333312",
    "amoebanet-a,           3145078,   488931552",
    "amoebanet-a-imagenet,  4627360,   526746624",
    "darts-v1-cifar,        3169414,   500987520",
    "darts-v1-imagenet,     4510432,   505864704",
    "darts-v2-cifar,        3349342,   528359040",
    "darts-v2-imagenet,     4718752,   529911552",
    "enas-micro,            3894372,   620907552",
    "enas-macro,           42559392,  5646094080",
    "enas-macro-separable, 30947424,  4370280192",
  })
  void aPublishedNetworkHasItsParametersAndMultiplyAccumulates(
      String name, long parameters, long macs) {
    Network network = PublishedNetwork.read(name).network();
    assertThat(network.name()).isEqualTo(name);
    assertThat(network.parameters()).isEqualTo(parameters);
    assertThat(network.macs()).isEqualTo(macs);
  }

  @Test
  void everyPublishedNetworkHasALineAboutIt() {
    for (String name : PublishedNetworks.names()) {
      PublishedNetwork published = PublishedNetwork.read(name);
      assertThat(published.description()).doesNotContain("\n").contains("px");
      assertThat(published.network().classes()).isIn(10, 1000);
      assertThat(CellPicture.svg(name, published.drawn()))
          .startsWith("<svg")
          .endsWith("</svg>\n")
          .contains("<title>" + name + "</title>");
    }
  }

  @Test
  void whatIsNeitherANameNorAFileIsRefusedWithTheNames() {
    assertThatThrownBy(() -> PublishedNetwork.read("nasnet-b"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'nasnet-b'")
        .hasMessageContaining("nasnet-a-mobile");
  }
}
