package org.proxyless.devices.agent;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.proxyless.benchmarks.process.QuietWait;

/**
 * One job at a time, and none for too long. A job that nobody has listened to for a while ends; one
 * that nobody listens to gives way to another.
 */
final class Jobs implements AutoCloseable {
  private static final long LOOK_MILLIS = 500;
  private static final long PATIENCE_SECONDS = 30;

  /** How long jobs together wait no longer for other programs than one would. */
  private static final Duration PATIENCE_LASTS = Duration.ofMinutes(10);

  private final Duration limit;
  private final Duration grace;
  private final Consumer<String> log;
  private final ExecutorService worker = Executors.newSingleThreadExecutor(daemons("agent-job"));
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(daemons("agent-watch"));
  private @Nullable Job current;
  private Future<?> running = CompletableFuture.completedFuture(null);

  /**
   * @param limit how long a job may take
   * @param grace how long one goes on that nobody listens to
   * @param log told what happens
   */
  Jobs(Duration limit, Duration grace, Consumer<String> log) {
    this.limit = limit;
    this.grace = grace;
    this.log = log;
    Future<?> unused =
        watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Begins a job; one of this name that is there already goes on instead.
   *
   * @throws StatusRuntimeException if another one runs to which somebody listens
   */
  synchronized Job begin(String name, String what, Job.Work work) {
    if (current != null && current.name().equals(name)) {
      return current;
    }
    requireFree();
    Job job = new Job(name, what);
    current = job;
    running = worker.submit(() -> run(job, work));
    return job;
  }

  /**
   * Must hold before work is made for a job.
   *
   * @throws StatusRuntimeException if one runs to which somebody listens
   */
  synchronized void requireFree() {
    if (current == null || current.ended()) {
      return;
    }
    if (current.hasListener()) {
      throw Refusals.busy(current.what());
    }
    cancel(current, "it gave way to another");
  }

  /**
   * The job of this name.
   *
   * @throws StatusRuntimeException if there is none
   */
  synchronized Job named(String name) {
    if (current == null || !current.name().equals(name)) {
      throw Refusals.unknownJob();
    }
    return current;
  }

  /** Ends the job of this name, if it is there. */
  synchronized void stop(String name) {
    if (current != null && current.name().equals(name) && !current.ended()) {
      cancel(current, "it was not wanted any more");
    }
  }

  private void run(Job job, Job.Work work) {
    log.accept("measuring " + job.what());
    QuietWait.renewAfter(PATIENCE_LASTS); // an agent runs for days, and each user's job is short
    String how = "done";
    try {
      job.tell(work.measure(job));
      job.end(Optional.empty());
    } catch (RuntimeException | Error e) {
      StatusRuntimeException refusal = Refusals.of(e);
      how = refusal.getStatus().getDescription();
      job.end(Optional.of(refusal));
    }
    log.accept(String.format(Locale.ROOT, "%s, after %.1f s", how, job.age().toMillis() / 1000.0));
  }

  private synchronized void look() {
    if (current == null || current.ended()) {
      return;
    }
    if (current.age().compareTo(limit) > 0) {
      current.end(Optional.of(Refusals.tooLong(limit)));
      cancel(current, "it took too long");
    } else if (current.alone().compareTo(grace) > 0) {
      cancel(current, "nobody listened any more");
    }
  }

  /** Interrupts the job and waits until the device is free. */
  private void cancel(Job job, String why) {
    log.accept("stopping: " + why);
    job.end(Optional.of(Refusals.unknownJob()));
    running.cancel(true);
    Future<?> free = worker.submit(() -> {});
    try {
      free.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.accept("what was stopped does not end: " + e);
    }
  }

  @Override
  public synchronized void close() {
    watch.shutdownNow();
    if (current != null && !current.ended()) {
      cancel(current, "the agent ends");
    }
    worker.shutdownNow();
  }
}
