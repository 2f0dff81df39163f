package org.proxyless.search.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The ways to search a space. */
public enum StrategyKind {
  /** Gates are trained by gradient descent (ProxylessNAS-G, Cai et al., ICLR 2019, section 3.2). */
  GRADIENT("architecture parameters learn by gradient through sampled gates (ProxylessNAS-G)"),
  /** Architecture parameters are trained by policy gradient (the same paper, section 3.3.2). */
  REINFORCE(
      "architecture parameters learn by policy gradient from sampled networks (ProxylessNAS-R)"),
  /** First-order DARTS (Liu et al., ICLR 2019). */
  DARTS_1("all candidates mixed by softmax, learnt by gradient, first order (DARTS)"),
  /** Second-order DARTS (the same paper, section 2.3). */
  DARTS_2("the same, looking one weight step ahead (DARTS, second order)"),
  /** Stochastic mixtures (Xie et al., ICLR 2019). */
  SNAS("all candidates mixed by softmax with falling noise, learnt by gradient (SNAS)"),
  /** One candidate by Gumbel noise (Dong and Yang, CVPR 2019). */
  GDAS("one candidate an edge drawn by Gumbel noise, gradient straight through it (GDAS)"),
  /** Networks within the target are drawn uniformly and scored by the shared weights. */
  RANDOM("the best of networks drawn uniformly among those within the target");

  private final String description;

  StrategyKind(String description) {
    this.description = description;
  }

  /** One line for {@code list strategies}. */
  public String description() {
    return description;
  }

  /** As on the command line: {@code gradient}. */
  @JsonValue
  @Override
  public String toString() {
    return KebabCase.of(this);
  }

  /** The one that is written like this. */
  @JsonCreator
  public static StrategyKind of(String text) {
    return KebabCase.parse(StrategyKind.class, text);
  }
}
