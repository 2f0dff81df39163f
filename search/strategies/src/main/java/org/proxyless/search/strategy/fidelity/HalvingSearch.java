package org.proxyless.search.strategy.fidelity;

import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;

/**
 * Brackets of successive halving one after another.
 *
 * <ul>
 *   <li>{@link #successiveHalving}: always the one that begins with the least budget.
 *   <li>{@link #hyperband} (Li et al., JMLR 2018, algorithm 1): from that one to the one that
 *       trains a few networks to the end at once, in turns, since how far little training may be
 *       trusted is not known.
 *   <li>{@link #bohb} (Falkner et al., ICML 2018): the same brackets of networks that a model of
 *       the good ones draws ({@link DensityModel}).
 * </ul>
 *
 * Of a rung's networks one in η is promoted. The published η is 3; here it follows from the
 * budgets, so that each rung costs about the same: (greatest / least)^(1 / (rungs − 1)).
 */
public final class HalvingSearch implements FidelityStrategy {
  private final NetworkSource source;
  private final int rungs;
  private final double eta;
  private final boolean inTurns;
  private int halvings;
  private Bracket bracket;

  private HalvingSearch(NetworkSource source, double[] budgets, boolean inTurns) {
    this.source = source;
    this.inTurns = inTurns;
    rungs = budgets.length;
    for (int rung = 0; rung < rungs; rung++) {
      if (!(budgets[rung] > (rung == 0 ? 0 : budgets[rung - 1]))) {
        throw new IllegalArgumentException("budgets must be above 0 and grow");
      }
    }
    eta = rungs == 1 ? 1 : Math.pow(budgets[rungs - 1] / budgets[0], 1.0 / (rungs - 1));
    halvings = rungs - 1;
    bracket = new Bracket(source, rungs, halvings, eta);
  }

  /**
   * Successive halving.
   *
   * @param budgets of the rungs, ascending, in any unit
   */
  public static HalvingSearch successiveHalving(
      FeasibleSpace space, double[] budgets, RandomGenerator random) {
    return new HalvingSearch(() -> space.draw(random), budgets, false);
  }

  /** Hyperband. */
  public static HalvingSearch hyperband(
      FeasibleSpace space, double[] budgets, RandomGenerator random) {
    return new HalvingSearch(() -> space.draw(random), budgets, true);
  }

  /** BOHB. */
  public static HalvingSearch bohb(FeasibleSpace space, double[] budgets, RandomGenerator random) {
    return new HalvingSearch(new DensityModel(space, budgets.length, random), budgets, true);
  }

  @Override
  public Trial ask() {
    if (bracket.isDone()) {
      if (inTurns) {
        halvings = halvings == 0 ? rungs - 1 : halvings - 1;
      }
      bracket = new Bracket(source, rungs, halvings, eta);
    }
    return bracket.next();
  }

  @Override
  public void tell(Trial trial, double score) {
    source.tell(trial, score);
    bracket.tell(trial, score);
  }

  /** Successive halving. */
  public static final class SuccessiveHalvingFactory implements FidelityStrategyFactory {
    @Override
    public String name() {
      return "successive-halving";
    }

    @Override
    public String description() {
      return "many networks are trained a little, the best of them on (successive halving)";
    }

    @Override
    public FidelityStrategy create(FeasibleSpace space, double[] budgets, RandomGenerator random) {
      return successiveHalving(space, budgets, random);
    }
  }

  /** Hyperband. */
  public static final class HyperbandFactory implements FidelityStrategyFactory {
    @Override
    public String name() {
      return "hyperband";
    }

    @Override
    public String description() {
      return "the same with more and fewer networks in turns (Hyperband)";
    }

    @Override
    public FidelityStrategy create(FeasibleSpace space, double[] budgets, RandomGenerator random) {
      return hyperband(space, budgets, random);
    }
  }

  /** BOHB. */
  public static final class BohbFactory implements FidelityStrategyFactory {
    @Override
    public String name() {
      return "bohb";
    }

    @Override
    public String description() {
      return "the same on networks like the best so far (BOHB)";
    }

    @Override
    public FidelityStrategy create(FeasibleSpace space, double[] budgets, RandomGenerator random) {
      return bohb(space, budgets, random);
    }
  }
}
