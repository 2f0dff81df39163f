package org.proxyless.search.sweep.spark;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.proxyless.search.sweep.cell.Place;

/** Knows the executors there are, since where a cell goes next depends on them. */
final class ExecutorWatch extends SparkListener {
  private record Known(Place place, int cores) {}

  private final Map<String, Known> executors = new ConcurrentHashMap<>();
  private final Consumer<String> notes;

  /**
   * Knows none yet.
   *
   * @param notes gets a line where one comes or goes
   */
  ExecutorWatch(Consumer<String> notes) {
    this.notes = notes;
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    Place place = new Place(added.executorInfo().executorHost(), added.executorId());
    executors.put(added.executorId(), new Known(place, added.executorInfo().totalCores()));
    notes.accept("executor " + place + " is there");
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    Known gone = executors.remove(removed.executorId());
    if (gone != null) {
      notes.accept("executor " + gone.place() + " is gone: " + removed.reason());
    }
  }

  /** How many tasks of so many processors there is room for. */
  int slots(int cpus) {
    return executors.values().stream().mapToInt(executor -> executor.cores() / cpus).sum();
  }

  /** Executors on other machines than these places are on; if there are none, other executors. */
  List<Place> elsewhere(Set<Place> avoid) {
    List<String> hosts = avoid.stream().map(Place::host).toList();
    List<Place> others =
        executors.values().stream().map(Known::place).filter(p -> !avoid.contains(p)).toList();
    List<Place> onOtherHosts = others.stream().filter(p -> !hosts.contains(p.host())).toList();
    return onOtherHosts.isEmpty() ? others : onOtherHosts;
  }
}
