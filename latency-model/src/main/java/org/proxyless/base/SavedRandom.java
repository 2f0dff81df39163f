package org.proxyless.base;

import java.util.random.RandomGenerator;

/**
 * A generator whose whole state is one number, so that it can be kept and go on: SplitMix64
 * (Steele, Lea and Flood, 2014), like {@link java.util.SplittableRandom}, which does not tell its
 * state.
 */
public final class SavedRandom implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  private SavedRandom(long state) {
    this.state = state;
  }

  /**
   * One of many generators that a seed stands for.
   *
   * @param purpose neighbours get unrelated generators
   */
  public static SavedRandom of(long seed, int purpose) {
    return new SavedRandom(mixed(mixed(seed + GOLDEN_GAMMA) + (purpose + 1) * GOLDEN_GAMMA));
  }

  /** What the generator goes on from. */
  public long state() {
    return state;
  }

  /** Goes on from what {@link #state} told. */
  public void restore(long saved) {
    state = saved;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  /** Stafford's 13th variant of MurmurHash3's finaliser. */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
