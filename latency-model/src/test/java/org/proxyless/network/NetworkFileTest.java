package org.proxyless.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.Samples;
import org.proxyless.network.operators.Add;

class NetworkFileTest {
  @TempDir Path folder;

  @Provide
  Arbitrary<Network> networks() {
    return Samples.networks();
  }

  @Property(tries = 100)
  void aNetworkSurvivesItsFileUnchanged(@ForAll("networks") Network network) throws IOException {
    Path file = Files.createTempFile("network", ".json");
    try {
      NetworkFile.write(network, file);
      assertThat(NetworkFile.read(file)).isEqualTo(network);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aGraphSurvivesItsFileAndOneThatIsNoneIsRefused() throws IOException {
    Operator add = new Operator(new Add(2), new Shape(4, 4, 16), 16, 1, false);
    Network graph =
        new Network(
            "graph",
            List.of(Samples.STEM, Samples.SMALL, Samples.LARGE, add, Samples.HEAD),
            List.of(List.of(-1), List.of(0), List.of(0), List.of(1, 2), List.of(3)));
    Path file = folder.resolve("graph.json");
    NetworkFile.write(graph, file);
    assertThat(NetworkFile.read(file)).isEqualTo(graph);

    String json = Files.readString(file);
    assertThat(json.split("\"from\"", -1)).as("only where it is not the one before").hasSize(3);
    assertRefused(json.replace("[ 1, 2 ]", "[ 1, 4 ]"), "operator 3 takes", "operator 4");
    assertRefused(json.replace("[ 1, 2 ]", "[ 1 ]"), "takes 2 inputs", "[1]");
    assertRefused(json.replace("[ 1, 2 ]", "1"), "operators[3]", "from");
  }

  @Test
  void theFileNamesEveryOperator() throws IOException {
    assertThat(json().replaceAll("\\s", ""))
        .isEqualTo(
            """
            {"name":"sample","input":[8,8,1],"classes":10,"operators":[
            {"type":"Conv","kernel":3,"input":[8,8,1],"outputChannels":16,"stride":2,"shortcut":false},
            {"type":"MBConv","kernel":3,"expansion":3,"input":[4,4,16],"outputChannels":16,"stride":1,
            "shortcut":true},
            {"type":"Zero","input":[4,4,16],"outputChannels":16,"stride":1,"shortcut":true},
            {"type":"Classifier","input":[4,4,16],"outputChannels":10,"stride":1,"shortcut":false}]}
            """
                .replaceAll("\\s", ""));
  }

  @Test
  void aShapeThatDoesNotFollowIsNamedByTheOperatorsIndex() throws IOException {
    String json = json().replaceFirst("\\[ 4, 4, 16 ]", "[ 5, 4, 16 ]");
    assertRefused(json, "operator 1 takes 5x4x16", "gives 4x4x16");
  }

  @Test
  void whatIsWrongIsNamedByItsPlace() throws IOException {
    String json = json();
    assertRefused(json.replace("\"MBConv\"", "\"Pool\""), "operators[1]", "'Pool'");
    assertRefused(json.replace("\"MBConv\"", "7"), "operators[1]", "'7'");
    assertRefused(json.replace("\"kernel\" : 3,\n    \"exp", "\"exp"), "operators[1]", "kernel");
    assertRefused(json.replace("\"expansion\" : 3", "\"expansion\" : 0"), "operators[1]", "expan");
    assertRefused(json.replace("\"expansion\" : 3", "\"expansion\" : 3.5"), "operators[1]", "3.5");
    assertRefused(
        json.replace("\"expansion\"", "\"ratio\" : 1, \"expansion\""), "unknown", "ratio");
    assertRefused(json.replace("\"stride\" : 2", "\"stride\" : -2"), "operators[0]", "-2");
    assertRefused(json.replace("\"stride\" : 2", "\"stride\" : \"2\""), "operators[0]", "stride");
    assertRefused(json.replace("\"stride\" : 2,", ""), "operators[0]", "'stride' is missing");
    assertRefused(json.replace("[ 8, 8, 1 ]", "[ 8, 8 ]"), "input is [8,8]", "[height, width");
    assertRefused(json.replace("\"classes\" : 10", "\"classes\" : 11"), "classes is 11", "10");
    assertRefused(json.replaceFirst("\\[ 8, 8, 1 ]", "[ 8, 9, 1 ]"), "input is 8x9x1", "8x8x1");
    assertRefused(json.replace("\"name\"", "\"extra\" : 1, \"name\""), "unknown key 'extra'", "");
    assertRefused(json.replace("\"name\"", "\"name\" : \"a\", \"name\""), "line 2", "Duplicate");
    assertRefused(json.replaceFirst("(?s)\"operators\".*", "\"operators\" : []}"), "no op", "");
    assertRefused(json.substring(0, json.length() / 2), "not JSON", "line ");
    assertRefused(json + "{}", "not JSON", "");
    assertRefused("[]", "must be an object", "");
    assertRefused("", "must be an object", "");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> NetworkFile.read(folder.resolve("none.json")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.json cannot be read");
  }

  private String json() throws IOException {
    Path file = folder.resolve("good.json");
    NetworkFile.write(Samples.network(Samples.SMALL, Samples.SKIP), file);
    return Files.readString(file);
  }

  private void assertRefused(String content, String reason, String other) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), content);
    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bad.json")
        .hasMessageContaining(reason)
        .hasMessageContaining(other)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
