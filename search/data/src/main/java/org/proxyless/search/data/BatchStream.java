package org.proxyless.search.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Normalization;

/**
 * Batches one after the other; the next ones are prepared on a thread of their own while one is
 * used, images that have to be decoded on all processors. What is in them depends on the settings
 * and their number alone, never on timing. One thread may take batches; close the stream when done.
 */
public final class BatchStream implements Iterator<Batch>, AutoCloseable {
  /** One is in use, two are ready or being prepared. */
  private static final int BUFFERS = 3;

  private final BatchPlan plan;
  private final BlockingQueue<Buffer> free = new LinkedBlockingQueue<>();
  private final BlockingQueue<Prepared> ready = new LinkedBlockingQueue<>();
  private final Thread worker;
  private long drawn;
  private Buffer lent;
  private volatile boolean closed;

  private BatchStream(BatchPlan plan, long start) {
    this.plan = plan;
    this.drawn = start;
    for (int i = 0; i < BUFFERS; i++) {
      free.add(new Buffer());
    }
    this.worker = new Thread(() -> prepare(start), "batches");
    worker.setDaemon(true);
    worker.start();
  }

  /** An endless stream for training: shuffled, by default without augmentation. */
  public static Builder shuffled(Split split, Normalization normalization) {
    return new Builder(split, normalization);
  }

  /** Every image of the split once, in order, as it is; the last batch may be smaller. */
  public static BatchStream sequential(Split split, Normalization normalization, int batchSize) {
    checkBatchSize(batchSize);
    return new BatchStream(new SequentialPlan(split, normalization, batchSize), 0);
  }

  private static void checkBatchSize(int batchSize) {
    if (batchSize < 1) {
      throw new InvalidInputException("batch size " + batchSize + ": must be at least 1.");
    }
  }

  /** The settings of an endless stream. */
  public static final class Builder {
    /** The number of images in a batch unless told otherwise. */
    public static final int DEFAULT_BATCH_SIZE = 64;

    private final Split split;
    private final Normalization normalization;
    private Augmentation augmentation = Augmentation.NONE;
    private int batchSize = DEFAULT_BATCH_SIZE;
    private long seed;
    private long start;

    private Builder(Split split, Normalization normalization) {
      this.split = split;
      this.normalization = normalization;
    }

    /** How images are changed each time they are seen. */
    public Builder augmentation(Augmentation value) {
      augmentation = value;
      return this;
    }

    /** The number of images in every batch; may exceed the split's. */
    public Builder batchSize(int value) {
      checkBatchSize(value);
      batchSize = value;
      return this;
    }

    /** Equal seeds give equal batches; 0 by default. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Begins as if so many batches had been drawn, see {@link BatchStream#drawn}. */
    public Builder skip(long batches) {
      if (batches < 0) {
        throw new IllegalArgumentException("cannot skip " + batches + " batches");
      }
      start = batches;
      return this;
    }

    /** Begins to prepare batches. */
    public BatchStream open() {
      return new BatchStream(
          new ShuffledPlan(split, normalization, augmentation, batchSize, seed), start);
    }
  }

  /** Whether there is another batch; always so when the stream is endless. */
  @Override
  public boolean hasNext() {
    return drawn < plan.batches();
  }

  /**
   * The next batch; the one before it is no longer valid.
   *
   * @throws InvalidInputException if an image cannot be read
   */
  @Override
  public Batch next() {
    if (closed) {
      throw new IllegalStateException("the batch stream is closed");
    }
    if (!hasNext()) {
      throw new NoSuchElementException("all " + drawn + " batches were drawn");
    }
    if (lent != null) {
      free.add(lent);
      lent = null;
    }
    Prepared prepared = taken(ready);
    if (prepared.failure() != null) {
      ready.add(prepared); // whoever asks again hears the same
      throw surfaced(prepared.failure());
    }
    lent = prepared.buffer();
    drawn++;
    return lent.batch;
  }

  /**
   * The number of batches drawn, skipped ones included: with the seed it says where the stream is.
   */
  public long drawn() {
    return drawn;
  }

  /** Stops preparing and waits until the thread has ended. */
  @Override
  public void close() {
    closed = true;
    free.add(new Buffer()); // wakes the worker if it waits
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What the worker does. It is never interrupted, since that would close the files that other
   * streams read as well.
   */
  private void prepare(long start) {
    try {
      for (long batch = start; batch < plan.batches(); batch++) {
        Buffer buffer = taken(free);
        if (closed) {
          return;
        }
        buffer.resize(plan.size(batch), plan.imageElements());
        plan.fill(batch, buffer.batch.images(), buffer.batch.labels());
        ready.add(new Prepared(buffer, null));
      }
    } catch (RuntimeException | Error e) {
      ready.add(new Prepared(null, e));
    }
  }

  private static <T> T taken(BlockingQueue<T> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", e);
    }
  }

  private static RuntimeException surfaced(Throwable failure) {
    if (failure instanceof InvalidInputException) {
      return new InvalidInputException(failure.getMessage(), failure);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("preparing a batch failed: " + failure, failure);
  }

  /** Either a batch or why there is none. */
  private record Prepared(Buffer buffer, Throwable failure) {}

  /** The arrays of a batch, used again for later ones of the same size. */
  private static final class Buffer {
    private Batch batch;

    void resize(int size, int imageElements) {
      if (batch == null || batch.size() != size) {
        int elements = Math.multiplyExact(size, imageElements);
        batch = new Batch(new float[elements], new int[size], size);
      }
    }
  }
}
