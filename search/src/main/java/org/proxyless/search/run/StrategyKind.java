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
  RANDOM("the best of networks drawn uniformly among those within the target"),
  /** Adaptive stochastic natural gradient (Akimoto et al., ICML 2019). */
  ASNG("a distribution follows an adaptive natural gradient of ranks; no rates to tune (ASNG-NAS)"),
  /** An LSTM controller learns by policy gradient (Pham et al., ICML 2018). */
  ENAS("an LSTM controller learns by policy gradient from sampled networks (ENAS)"),
  /** An LSTM controller learns by proximal policy optimisation (Zoph et al., CVPR 2018). */
  NASNET_PPO("an LSTM controller learns by proximal policy optimisation (NASNet)"),
  /** Aging evolution (Real et al., AAAI 2019). */
  EVOLUTION("children of tournament winners replace the oldest (regularised evolution)"),
  /** Bayesian optimisation with a Gaussian process. */
  BAYES("a Gaussian process over networks and latency picks what promises most improvement");

  private final String description;

  StrategyKind(String description) {
    this.description = description;
  }

  /** One line for {@code list strategies}. */
  public String description() {
    return description;
  }

  /** Whether all candidates work at once in training. */
  public boolean mixes() {
    return switch (this) {
      case DARTS_1, DARTS_2, SNAS -> true;
      default -> false;
    };
  }

  /** Whether it learns from gradients; the others need nothing but scores of networks. */
  public boolean needsGradients() {
    return switch (this) {
      case GRADIENT, DARTS_1, DARTS_2, SNAS, GDAS -> true;
      default -> false;
    };
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
