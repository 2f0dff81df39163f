package org.proxyless.search.strategy;

/**
 * The learning rate of architecture parameters: that of a long search, raised where the steps are
 * too few for it to decide anything.
 *
 * @param least the rate of a long search, of Adam
 * @param travel rate · architecture steps of a short one
 */
public record ArchitectureRate(double least, double travel) {
  /**
   * Of ProxylessNAS (Cai et al., 2019, section 4.1); a step moves some of an edge's candidates
   * only.
   */
  public static final ArchitectureRate PROXYLESS_NAS = new ArchitectureRate(1e-3, 18);

  /** The rate of a search of so many architecture steps. */
  public double of(long architectureSteps) {
    return Math.max(least, travel / Math.max(1, architectureSteps));
  }
}
