package org.proxyless.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.NetworkTiming;
import org.proxyless.latency.fit.TableFit;
import org.proxyless.network.Network;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/** Lesson 2: what a network takes by a table, layer by layer, and how sure that is. */
public final class Sample02Price {
  private Sample02Price() {}

  /** Works in the folder of the first argument, or in a temporary one. */
  public static void main(String[] args) throws IOException {
    price(Lesson.folder(args));
  }

  static NetworkLatency price(Path folder) throws IOException {
    Path file = Lesson.spaceFile("lesson.yaml", folder);
    SearchSpace space = SearchSpaces.load(file.toString(), 1, null, null);

    // A network of a space is a candidate chosen for each of its edges: the first, second, first.
    Network network = space.network(new int[] {0, 1, 0});

    // Prices of operators alone add up, but do not say how far off the sum may be.
    LatencyTable sums = Lesson.madeUpTable(space);
    NetworkLatency sum = NetworkLatency.of(network, sums);

    // Whole networks that were measured besides (made up here, within 3 %) tell: one fit takes
    // operators and networks together, and knows how uncertain each of its terms is.
    LatencyTable.Builder measured = sums.toBuilder();
    for (int[] choice : List.of(new int[] {0, 0, 0}, new int[] {1, 1, 1}, new int[] {2, 1, 0})) {
      Network other = space.network(choice);
      double millis = NetworkLatency.of(other, sums).latencyMillis() * (1.01 + 0.02 * choice[2]);
      measured.timing(NetworkTiming.of(other, millis, 0.01 * millis));
    }
    LatencyTable table = TableFit.of(measured.build()).table();
    LatencyTables.write(table, folder.resolve("lesson.table")); // read() takes it back

    NetworkLatency priced = NetworkLatency.of(network, table);
    for (int i = 0; i < network.operators().size(); i++) {
      String label = network.operators().get(i).type().label();
      System.out.printf("%8.4f ms  %s%n", priced.operatorMillis().get(i), label);
    }
    System.out.printf("%8.4f ms  call%n", priced.callMillis());
    double sigma = priced.standardDeviationMillis().getAsDouble();
    System.out.printf("%8.4f ms  in all, σ %.4f ms%n", priced.latencyMillis(), sigma);
    System.out.printf("%8.4f ms  by the operators alone%n", sum.latencyMillis());
    return priced;
  }
}
