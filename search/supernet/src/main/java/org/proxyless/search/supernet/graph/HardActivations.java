package org.proxyless.search.supernet.graph;

/** The nodes that the hard sigmoid, relu6(x + 3) / 6, and h-swish, x · relu6(x + 3) / 6, share. */
final class HardActivations {
  private HardActivations() {}

  static String relu6Of3More(TrainingLayer.Site site, String x) {
    String three = site.graph().writer().scalar(site.node("three"), 3);
    String more = site.start("AddV2", "more").input(x, three).floats().add();
    return site.start("Relu6", "relu6").input(more).floats().add();
  }

  static String sixth(TrainingLayer.Site site, String suffix, String x) {
    String sixth = site.graph().writer().scalar(site.node(suffix + "/factor"), 1f / 6);
    return site.start("Mul", suffix).input(x, sixth).floats().add();
  }
}
