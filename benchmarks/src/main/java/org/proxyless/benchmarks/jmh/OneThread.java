package org.proxyless.benchmarks.jmh;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs all of a process's benchmarks in one thread, one after the other. JMH would take a new
 * thread for each, and the C library gives each thread a heap of its own, which keeps what was once
 * used.
 */
public final class OneThread extends AbstractExecutorService {
  private static final ExecutorService SHARED =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "benchmark");
            thread.setDaemon(true);
            return thread;
          });

  private boolean shutDown;

  /** As JMH makes it: it names how many threads it needs, which is one, and their prefix. */
  public OneThread(int threads, String prefix) {
    if (threads != 1) {
      throw new IllegalArgumentException(threads + " threads of " + prefix + "; there is one");
    }
  }

  @Override
  public void execute(Runnable task) {
    SHARED.execute(task);
  }

  @Override
  public void shutdown() {
    shutDown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutDown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutDown;
  }

  @Override
  public boolean isTerminated() {
    return shutDown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return shutDown;
  }
}
