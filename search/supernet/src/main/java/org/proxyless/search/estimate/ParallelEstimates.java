package org.proxyless.search.estimate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.train.NetworkTraining.StepObserver;

/**
 * Estimates several networks at the same time: while one is waited for, those that will be asked
 * for next are in work. The answers are those of a single estimator, so it must not remember
 * anything from one network to the next.
 */
public final class ParallelEstimates implements AccuracyEstimator, AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final Supplier<List<int[]>> ahead;
  private final BlockingQueue<AccuracyEstimator> idle;
  private final ExecutorService threads;
  private final Map<List<Integer>, InWork> inWork = new HashMap<>();
  private final Set<List<Integer>> answered = new HashSet<>();
  private long left;
  private volatile boolean closed;

  private record Step(long number, double learningRate, PathScore score) {}

  private record InWork(CompletableFuture<Estimate> estimate, BlockingQueue<Step> steps) {}

  /**
   * As many at a time as there are workers.
   *
   * @param workers estimators that answer alike
   * @param ahead the networks that will be asked for next
   * @param most networks that will be asked for: none is begun beyond them
   */
  public ParallelEstimates(
      List<AccuracyEstimator> workers, Supplier<List<int[]>> ahead, long most) {
    this.ahead = ahead;
    this.left = most;
    idle = new LinkedBlockingQueue<>(workers);
    threads = Executors.newFixedThreadPool(workers.size());
  }

  /**
   * Waits for the network's estimate.
   *
   * @param observer hears the steps of this network's training, in this thread
   */
  @Override
  public Estimate estimate(int[] path, StepObserver observer) {
    InWork own = begin(path);
    ahead.get().stream()
        .filter(next -> !answered.contains(key(next)))
        .takeWhile(next -> left > 0)
        .forEach(this::begin);
    try {
      while (!own.estimate().isDone() || !own.steps().isEmpty()) {
        Step step = own.steps().poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (step != null) {
          observer.step(step.number(), step.learningRate(), step.score());
        }
      }
      inWork.remove(key(path));
      answered.add(key(path));
      return own.estimate().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the estimate was interrupted", e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private InWork begin(int[] path) {
    return inWork.computeIfAbsent(key(path), key -> begun(path.clone()));
  }

  private InWork begun(int[] path) {
    left--;
    BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    return new InWork(CompletableFuture.supplyAsync(() -> estimated(path, steps), threads), steps);
  }

  private Estimate estimated(int[] path, BlockingQueue<Step> steps) {
    AccuracyEstimator worker = idle.remove(); // there are as many as threads
    try {
      return worker.estimate(
          path,
          (number, rate, score) -> {
            if (closed) {
              throw new CancellationException("nobody waits for it any more");
            }
            steps.add(new Step(number, rate, score));
          });
    } finally {
      idle.add(worker);
    }
  }

  private static List<Integer> key(int[] path) {
    return Arrays.stream(path).boxed().toList();
  }

  /** Ends what is in work, and waits for that. */
  @Override
  public void close() {
    closed = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(1, TimeUnit.HOURS)) {
        throw new IllegalStateException("an estimate does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
