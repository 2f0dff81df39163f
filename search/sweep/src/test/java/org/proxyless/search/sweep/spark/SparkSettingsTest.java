package org.proxyless.search.sweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.sweep.CellNeeds;

class SparkSettingsTest {
  private static final CellNeeds NEEDS = new CellNeeds(4, 1, 6000, 2);

  @Test
  void anExecutorIsAsLargeAsACell() {
    SparkConf standalone = conf("spark://here:7077", Map.of());
    assertThat(standalone.get("spark.executor.cores")).isEqualTo("4");
    assertThat(standalone.get("spark.executor.memory")).isEqualTo("6000m");
    assertThat(standalone.get("spark.executor.resource.gpu.amount")).isEqualTo("1");
    SparkConf yarn = conf("yarn", Map.of());
    assertThat(yarn.get("spark.executor.memoryOverhead")).isEqualTo("6000m");
  }

  @Test
  void whatTheUserGivesHolds() {
    assertThat(conf("yarn", Map.of("spark.executor.cores", "8")).get("spark.executor.cores"))
        .isEqualTo("8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*]", "local[4]"})
  void sparksLocalMasterIsRefused(String master) {
    assertThatThrownBy(() -> conf(master, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--master is " + master + "; there Spark refuses tasks");
  }

  @Test
  void secretsAreReadFromTheEnvironmentAlone() {
    assertThatThrownBy(() -> conf("yarn", Map.of("spark.authenticate.secret", "abc")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("spark.authenticate.secret=env:NAME")
        .hasMessageNotContaining("abc");
    assertThatThrownBy(() -> conf("yarn", Map.of("spark.authenticate.secret", "env:NO_SUCH_ONE")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no such variable");
    assertThat(
            conf("yarn", Map.of("spark.authenticate.secret", "env:PATH"))
                .get("spark.authenticate.secret"))
        .isEqualTo(System.getenv("PATH"));
  }

  private static SparkConf conf(String master, Map<String, String> given) {
    return SparkSettings.of(master, given, NEEDS, Path.of("classes.jar"));
  }
}
