package org.proxyless.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.proxyless.latency.Correction;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.Network;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.Operator;
import org.proxyless.latency.TableKeys;

/**
 * Fits what the sums of a table's entries lack on measured networks: a constant, a scale of all
 * operators, and an addition for each place where networks differ, if something stands there. Least
 * squares of relative errors; additions by place are drawn towards 0.
 */
final class CorrectionFit {
  private static final int FOLDS = 5;

  /** By how much the error on other networks must fall for a richer form to be taken. */
  private static final double LEAST_GAIN = 0.03;

  /** Noise of 2 % against additions of some 10 % of an operator. */
  private static final double RIDGE = 0.04;

  private static final double KEEPS_IT_SOLVABLE = 1e-9;

  private final LatencyTable table;
  private final List<Network> networks;
  private final List<Double> measuredMillis;
  private final List<Double> predictedMillis;
  private final double meanMillis;

  /** Where some networks have Zero: an addition anywhere else is the same for all, a constant. */
  private final List<Integer> places;

  CorrectionFit(LatencyTable table, List<Network> networks, List<Double> measuredMillis) {
    this.table = table;
    this.networks = networks;
    this.measuredMillis = measuredMillis;
    this.predictedMillis =
        networks.stream().map(n -> NetworkLatency.of(n, table).latencyMillis()).toList();
    this.meanMillis =
        predictedMillis.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    this.places =
        IntStream.range(0, networks.get(0).operators().size())
            .filter(
                place -> networks.stream().map(n -> at(n, place).isZero()).distinct().count() > 1)
            .boxed()
            .toList();
  }

  /** What is fitted, the simplest form first. */
  private enum Form {
    CONSTANT,
    SCALE,
    PLACES
  }

  /**
   * A correction that helps.
   *
   * @param table with the correction, fitted on all networks
   * @param others what tables predict whose correction was fitted on other networks, in order
   */
  record Fitted(LatencyTable table, List<Prediction> others) {}

  /** The simplest correction that improves networks on which it was not fitted, if one does. */
  Optional<Fitted> best() {
    List<Prediction> uncorrected =
        IntStream.range(0, networks.size())
            .mapToObj(i -> new Prediction(predictedMillis.get(i), measuredMillis.get(i)))
            .toList();
    double least = error(uncorrected);
    Optional<Fitted> best = Optional.empty();
    for (Form form : Form.values()) {
      List<Prediction> others = crossValidated(form);
      if (error(others) < least * (1 - LEAST_GAIN)) {
        least = error(others);
        best = Optional.of(new Fitted(fitted(form, fold -> true), others));
      }
    }
    return best;
  }

  private static double error(List<Prediction> predictions) {
    return Math.sqrt(
        predictions.stream()
            .mapToDouble(p -> p.relativeError() * p.relativeError())
            .average()
            .orElseThrow());
  }

  private List<Prediction> crossValidated(Form form) {
    List<LatencyTable> withoutFold =
        IntStream.range(0, FOLDS).mapToObj(left -> fitted(form, fold -> fold != left)).toList();
    return IntStream.range(0, networks.size())
        .mapToObj(
            i ->
                new Prediction(
                    NetworkLatency.of(networks.get(i), withoutFold.get(i % FOLDS)).latencyMillis(),
                    measuredMillis.get(i)))
        .toList();
  }

  private LatencyTable fitted(Form form, IntPredicate folds) {
    int columns = form == Form.CONSTANT ? 1 : form == Form.SCALE ? 2 : 2 + places.size();
    RealMatrix normal = new Array2DRowRealMatrix(columns, columns);
    RealVector right = new ArrayRealVector(columns);
    for (int i = 0; i < networks.size(); i++) {
      if (folds.test(i % FOLDS)) {
        RealVector row = row(i).getSubVector(0, columns);
        normal = normal.add(row.outerProduct(row));
        double error = (measuredMillis.get(i) - predictedMillis.get(i)) / predictedMillis.get(i);
        right = right.add(row.mapMultiply(error));
      }
    }
    for (int column = 0; column < columns; column++) {
      normal.addToEntry(column, column, column < 2 ? KEEPS_IT_SOLVABLE : RIDGE);
    }
    DecompositionSolver solver = new LUDecomposition(normal).getSolver();
    return corrected(solver.solve(right).toArray());
  }

  /**
   * What a unit of the constant, of the scale and of each place's addition is, over the prediction.
   */
  private RealVector row(int i) {
    double predicted = predictedMillis.get(i);
    double[] row = new double[2 + places.size()];
    row[0] = meanMillis / predicted;
    row[1] = (predicted - table.callMillis()) / predicted;
    for (int p = 0; p < places.size(); p++) {
      row[2 + p] = at(networks.get(i), places.get(p)).isZero() ? 0 : placeMillis() / predicted;
    }
    return new ArrayRealVector(row);
  }

  private double placeMillis() {
    return meanMillis / networks.get(0).operators().size();
  }

  private LatencyTable corrected(double[] coefficients) {
    Correction before = table.correction();
    Map<String, Double> millis = new TreeMap<>(before.operatorMillis());
    if (coefficients.length > 1) {
      table
          .entries()
          .forEach(
              (key, entry) -> {
                if (!key.equals(LatencyTable.CALL)) {
                  millis.merge(key, coefficients[1] * entry.medianMillis(), Double::sum);
                }
              });
    }
    for (int c = 2; c < coefficients.length; c++) {
      int place = places.get(c - 2);
      double addition = coefficients[c] * placeMillis();
      millis.merge(TableKeys.anyAt(place), addition, Double::sum);
      networks.stream()
          .map(network -> at(network, place))
          .filter(Operator::isZero)
          .findFirst()
          .ifPresent(zero -> millis.merge(TableKeys.at(place, zero), -addition, Double::sum));
    }
    double constant = before.constantMillis() + coefficients[0] * meanMillis;
    return table.withCorrection(Correction.of(constant, millis));
  }

  private static Operator at(Network network, int place) {
    return network.operators().get(place);
  }
}
