package org.proxyless.benchmarks.tables;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.proxyless.latency.LatencyTable;

/**
 * What a verification found.
 *
 * @param drift how many times its time of when the table was measured the reference took; all
 *     latencies are stated for the machine as it was then
 * @param operatorRatio what a sample of operators takes, stated so, over what the table says; near
 *     1 if the table still holds
 * @param plain how well the table predicts
 * @param refitted how well it does once these networks are taken into its fit, each predicted from
 *     all others; empty where too little is known of the table for a fit
 * @param table with what was found
 */
public record VerificationResult(
    double drift,
    double operatorRatio,
    Figures plain,
    Optional<Figures> refitted,
    LatencyTable table) {

  /** Predictions by the way in which the networks were drawn. */
  public record Figures(List<Prediction> uniform, List<Prediction> spread) {
    public Figures {
      uniform = List.copyOf(uniform);
      spread = List.copyOf(spread);
    }

    /** The first so many are the uniform ones. */
    static Figures of(List<Prediction> all, int uniform) {
      return new Figures(all.subList(0, uniform), all.subList(uniform, all.size()));
    }

    /** All of them. */
    public List<Prediction> all() {
      return Stream.concat(uniform.stream(), spread.stream()).toList();
    }
  }
}
