package org.proxyless.devices.lite.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where tensors lie in the one block of memory that TensorFlow Lite's interpreter computes in, its
 * arena: those that are needed all the time first, then the larger before the smaller (greedy by
 * size: Pisarchyk and Lee, Efficient Memory Management for Deep Neural Net Inference, 2020), each
 * in the smallest gap that it fits into between those that are needed at the same time, at
 * multiples of 64 bytes.
 *
 * <p>The interpreter may need less, as it adds in place where it can, or more, for what its kernels
 * need besides; a delegate has memory of its own.
 */
final class ArenaPlan {
  /** Of a tensor's first byte. */
  static final long ALIGNMENT_BYTES = 64;

  /** The last operator that needs a tensor which is needed after all of them. */
  static final int NEVER_FREED = Integer.MAX_VALUE;

  /**
   * A tensor.
   *
   * @param bytes its size
   * @param first operator that needs it, which writes it
   * @param last operator that needs it, or {@link #NEVER_FREED}
   */
  record Use(long bytes, int first, int last) {
    boolean isThroughout() {
      return first == 0 && last == NEVER_FREED;
    }

    boolean overlaps(Use other) {
      return first <= other.last && other.first <= last;
    }
  }

  private record Placed(Use use, long offset) {
    long end() {
      return offset + use.bytes();
    }
  }

  private final long[] offsets;
  private long peakBytes;

  /** Plans for these tensors. */
  ArenaPlan(List<Use> uses) {
    offsets = new long[uses.size()];
    List<Placed> placed = new ArrayList<>();
    for (int index : order(uses)) {
      Use use = uses.get(index);
      offsets[index] = place(use, placed);
      Placed here = new Placed(use, offsets[index]);
      peakBytes = Math.max(peakBytes, here.end());
      placed.add(here);
      placed.sort(Comparator.comparingLong(Placed::offset));
    }
  }

  private static int[] order(List<Use> uses) {
    Comparator<Integer> throughoutFirst =
        Comparator.comparing(index -> !uses.get(index).isThroughout());
    Comparator<Integer> largestFirst =
        Comparator.comparingLong(
            index -> uses.get(index).isThroughout() ? 0 : -uses.get(index).bytes());
    return IntStream.range(0, uses.size())
        .boxed()
        .sorted(
            throughoutFirst
                .thenComparing(largestFirst)
                .thenComparing(index -> uses.get(index).first())
                .thenComparing(Comparator.naturalOrder()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The beginning of the smallest gap, or behind all that are there at the same time. */
  private static long place(Use use, List<Placed> placed) {
    long best = -1;
    long bestGap = Long.MAX_VALUE;
    long end = 0;
    for (Placed other : placed) {
      if (!use.overlaps(other.use())) {
        continue;
      }
      long start = aligned(end);
      long gap = other.offset() - start;
      if (gap >= use.bytes() && gap < bestGap) {
        best = start;
        bestGap = gap;
      }
      end = Math.max(end, other.end());
    }
    return best >= 0 ? best : aligned(end);
  }

  private static long aligned(long offset) {
    return (offset + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
  }

  /** Where each tensor begins, in bytes. */
  long[] offsets() {
    return offsets.clone();
  }

  /** The size of the arena. */
  long peakBytes() {
    return peakBytes;
  }

  /** What is needed at once, without gaps: no plan needs less. */
  static long mostAtOnceBytes(List<Use> uses) {
    return uses.stream()
        .mapToLong(
            now ->
                uses.stream()
                    .filter(use -> use.first() <= now.first() && now.first() <= use.last())
                    .mapToLong(Use::bytes)
                    .sum())
        .max()
        .orElse(0);
  }
}
