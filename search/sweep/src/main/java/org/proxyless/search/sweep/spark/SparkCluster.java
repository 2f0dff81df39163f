package org.proxyless.search.sweep.spark;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.sweep.CellNeeds;
import org.proxyless.search.sweep.CellRunner;
import org.proxyless.search.sweep.cell.CellCommand;
import org.proxyless.search.sweep.cell.CellOutcome;
import org.proxyless.search.sweep.cell.Place;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Runs cells on a Spark cluster: standalone, YARN or Kubernetes. Each is a job of one task, so that
 * one that fails concerns no other; a task whose executor was lost is run again by Spark.
 */
public final class SparkCluster implements CellRunner {
  static final String GPU = "gpu";

  /** Jobs that wait for a place cost a thread each here; more would only wait as well. */
  private static final int MOST_JOBS = 1024;

  private final String master;
  private final CellNeeds needs;
  private final JavaSparkContext spark;
  private final ExecutorWatch watch;
  private final ResourceProfile profile;
  private final ExecutorService jobs = Executors.newFixedThreadPool(MOST_JOBS);

  private SparkCluster(
      String master, CellNeeds needs, JavaSparkContext spark, ExecutorWatch watch) {
    this.master = master;
    this.needs = needs;
    this.spark = spark;
    this.watch = watch;
    TaskResourceRequests task = new TaskResourceRequests().cpus(needs.cpus());
    if (needs.gpus() > 0) {
      task.resource(GPU, needs.gpus());
    }
    this.profile = new ResourceProfileBuilder().require(task).build();
  }

  /**
   * Connects to a cluster.
   *
   * @param master {@code spark://HOST:PORT}, {@code yarn}, {@code k8s://…}
   * @param settings of Spark, by key; {@code env:NAME} is read from the environment
   * @param notes gets a line where a machine comes or goes
   * @throws InvalidInputException if a setting breaks a rule, or the cluster cannot be reached
   */
  public static SparkCluster connect(
      String master, Map<String, String> settings, CellNeeds needs, Consumer<String> notes) {
    try {
      JavaSparkContext spark =
          new JavaSparkContext(
              SparkSettings.of(master, settings, needs, ClassesJar.ofThisModule()));
      ExecutorWatch watch = new ExecutorWatch(notes);
      spark.sc().addSparkListener(watch);
      return new SparkCluster(master, needs, spark, watch);
    } catch (InvalidInputException e) {
      throw e;
    } catch (RuntimeException e) { // also Scala's, which are not declared
      throw new InvalidInputException(
          "--master is " + master + "; Spark cannot work with it: " + e.getMessage(), e);
    }
  }

  @Override
  public CompletableFuture<CellOutcome> run(CellCommand command, Set<Place> avoid) {
    return CompletableFuture.supplyAsync(() -> outcome(command, avoid), jobs);
  }

  private CellOutcome outcome(CellCommand command, Set<Place> avoid) {
    long start = System.nanoTime();
    try {
      return placed(command, avoid).withResources(profile).map(new CellTask()).collect().get(0);
    } catch (Exception e) { // Scala declares none
      if (spark.sc().isStopped()) {
        throw new InvalidInputException(
            "the cluster at "
                + master
                + " is gone; what has finished is kept: give the same command to go on.",
            e);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      String why = e instanceof SparkException ? e.getMessage() : e.toString();
      return new CellOutcome(false, firstLine(why), new Place(master, ""), seconds);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("Spark does not say why");
  }

  /** One element, to be worked on away from where it failed. */
  private JavaRDD<CellCommand> placed(CellCommand command, Set<Place> avoid) {
    List<String> names =
        avoid.isEmpty()
            ? List.of()
            : watch.elsewhere(avoid).stream()
                .map(place -> "executor_" + place.host() + "_" + place.slot()) // Spark's own form
                .toList();
    Seq<Tuple2<CellCommand, Seq<String>>> element = seq(List.of(new Tuple2<>(command, seq(names))));
    return spark
        .sc()
        .makeRDD(element, ClassTag$.MODULE$.<CellCommand>apply(CellCommand.class))
        .toJavaRDD();
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toList();
  }

  @Override
  public int slots() {
    return watch.slots(needs.cpus());
  }

  @Override
  public void close() {
    spark.close();
    jobs.shutdownNow();
  }
}
