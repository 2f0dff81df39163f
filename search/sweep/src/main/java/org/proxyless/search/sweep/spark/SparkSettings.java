package org.proxyless.search.sweep.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.sweep.CellNeeds;

/**
 * How Spark is asked for machines: an executor for each cell that runs at a time, as large as the
 * cell needs, so that the cluster starts as many as processors and memory allow, and one that is
 * lost takes one cell with it.
 */
final class SparkSettings {
  /** A value that is not written anywhere but read from the environment: {@code env:NAME}. */
  private static final String FROM_ENVIRONMENT = "env:";

  private static final Pattern SECRET = Pattern.compile("(?i).*(secret|passw|token|credential).*");

  private SparkSettings() {}

  /**
   * The settings in force: what the user gave, then what a sweep needs.
   *
   * @param master {@code spark://HOST:PORT}, {@code yarn}, {@code k8s://…}
   * @param given by key
   * @throws InvalidInputException if the master is Spark's local one, or a secret is written out
   */
  static SparkConf of(String master, Map<String, String> given, CellNeeds needs, Path classes) {
    if (master.startsWith("local") && !master.startsWith("local-cluster")) {
      throw new InvalidInputException(
          "--master is "
              + master
              + "; there Spark refuses tasks of several processors: leave it out, and this machine"
              + " runs as many cells at a time as it has room for.");
    }
    SparkConf conf = new SparkConf().setMaster(master).setAppName("proxyless sweep");
    resolved(given).forEach(conf::set);
    conf.setIfMissing("spark.jars", classes.toUri().toString());
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.executor.cores", Integer.toString(needs.cpus()));
    String memory = needs.memoryMebibytes() + "m";
    if (master.startsWith("spark:")) { // counts nothing but this; the cell takes it, not the heap
      conf.setIfMissing("spark.executor.memory", memory);
    } else {
      conf.setIfMissing("spark.executor.memory", "512m");
      conf.setIfMissing("spark.executor.memoryOverhead", memory);
    }
    if (needs.gpus() > 0) {
      conf.setIfMissing("spark.executor.resource.gpu.amount", Integer.toString(needs.gpus()));
    }
    // How long a cell waits for a place where it did not fail, before it goes back there.
    conf.setIfMissing("spark.locality.wait", "60s");
    return conf;
  }

  private static Map<String, String> resolved(Map<String, String> given) {
    Map<String, String> resolved = new TreeMap<>();
    given.forEach(
        (key, value) -> {
          if (value.startsWith(FROM_ENVIRONMENT)) {
            String name = value.substring(FROM_ENVIRONMENT.length());
            String found = System.getenv(name);
            if (found == null) {
              throw new InvalidInputException(
                  "--conf " + key + " is " + value + "; there is no such variable: export it.");
            }
            resolved.put(key, found);
          } else if (SECRET.matcher(key).matches() && !value.matches("true|false")) {
            throw new InvalidInputException(
                "--conf "
                    + key
                    + " is written out, where others can read it; put it into a variable NAME of"
                    + " the environment and give "
                    + key
                    + "=env:NAME.");
          } else {
            resolved.put(key, value);
          }
        });
    return resolved;
  }
}
