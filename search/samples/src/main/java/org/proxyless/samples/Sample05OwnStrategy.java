package org.proxyless.samples;

import java.util.random.RandomGenerator;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.EvaluationStrategyFactory;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.Mutation;
import org.proxyless.search.strategy.blackbox.ToldNetworks;

/** Lesson 5: a way to search of your own. It draws networks, or changes the best in one choice. */
public record Sample05OwnStrategy(FeasibleSpace space, RandomGenerator random, ToldNetworks told)
    implements EvaluationStrategy {
  /** Named in META-INF/services/org.proxyless.search.strategy.StrategyFactory of this module. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "halfway";
    }

    @Override
    public String description() { // for `list strategies`
      return "half of the networks are drawn, half are neighbours of the best";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new Sample05OwnStrategy(space, random, new ToldNetworks());
    }
  }

  @Override
  public int[] ask() { // the answer of the supernet, or of an estimator, is told
    return sample();
  }

  @Override
  public void tell(int[] path, double score) {
    told.put(path, score);
  }

  @Override
  public int[] sample() { // a network is a choice for each edge; it must be within the target
    return told.size() == 0 || random.nextBoolean()
        ? space.draw(random)
        : space.firstFeasible(
            () -> Mutation.of(told.best(p -> true, 1).get(0), space, random), random);
  }

  @Override
  public double[][] probabilities() { // the result is the likeliest network within the target
    return told.frequencies(space.sizes());
  }

  /** Searches into the folder of the first argument, or into a temporary one. */
  public static void main(String[] args) throws Exception {
    var settings = Lesson.shortSearch("lesson.yaml", Lesson.folder(args));
    Lesson.run(settings.strategy(StrategyKind.of("halfway"))); // as --strategy halfway
  }
}
