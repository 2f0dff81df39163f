package org.proxyless.search.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.network.NetworkFile;
import org.proxyless.search.cli.InProcess;
import org.proxyless.search.space.PublishedNetwork;

class NetworkCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aPublishedNetworkIsShownDrawnAndWritten() throws IOException {
    Path json = folder.resolve("show.json");
    Path svg = folder.resolve("cells.svg");
    Path network = folder.resolve("network.json");
    assertThat(
            run(
                "network",
                "show",
                "nasnet-a-mobile",
                "--json",
                json,
                "--svg",
                svg,
                "--out",
                network))
        .isZero();
    assertThat(out.toString()).contains("5,289,978", "563,638,816", "5: avg3 0 + avg3 0");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.get("parameters").longValue()).isEqualTo(5_289_978);
    assertThat(figures.get("multiplyAccumulates").longValue()).isEqualTo(563_638_816);
    assertThat(Files.readString(svg)).contains("sep7", "reduction", "output");
    assertThat(NetworkFile.read(network))
        .isEqualTo(PublishedNetwork.read("nasnet-a-mobile").network());
    assertThat(run("network", "show", network, "--json", json)).isZero();
    assertThat(new ObjectMapper().readTree(json.toFile()).get("parameters").longValue())
        .isEqualTo(5_289_978);
  }

  @Test
  void cellsAsTheirPapersWriteThemAreShownToo() {
    String cell = "|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|skip_connect~1|";
    assertThat(run("network", "show", cell)).isEqualTo(2);
    assertThat(err.toString()).contains("'" + cell + "'").hasLineCount(1);
    assertThat(run("network", "show", cell.replace("skip_connect~1|", "none~2|"))).isZero();
    assertThat(out.toString()).contains("73,306");
  }

  @Test
  void whatIsNoNetworkIsOneLine() throws IOException {
    assertThat(run("network", "show", "nasnet-z")).isEqualTo(2);
    assertThat(err.toString()).contains("'nasnet-z'", "nasnet-a-mobile").hasLineCount(1);
    Path file = folder.resolve("network.json");
    NetworkFile.write(PublishedNetwork.read("darts-v1-cifar").network(), file);
    assertThat(run("network", "show", file, "--svg", folder.resolve("cells.svg"))).isEqualTo(2);
    assertThat(folder.resolve("cells.svg")).doesNotExist();
  }

  @Test
  void thePublishedNetworksAreListed() {
    assertThat(run("list", "networks")).isZero();
    assertThat(out.toString()).contains("enas-macro", "amoebanet-a ", "gdas");
  }

  private int run(Object... words) {
    return InProcess.run(out, err, Arrays.stream(words).map(Object::toString).toList());
  }
}
