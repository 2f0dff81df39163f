package org.proxyless.benchmarks.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationPlotTest {
  @TempDir Path folder;

  @Test
  void aDotForEachNetworkInBothPictures() throws IOException {
    VerificationResult.Figures figures =
        new VerificationResult.Figures(
            List.of(new Prediction(3, 3.1), new Prediction(4, 3.9)),
            List.of(new Prediction(1, 1.02), new Prediction(2, 2.2), new Prediction(6, 5.9)));
    Path png = folder.resolve("plot.png");
    VerificationPlot.of(figures, "a < b").writeBoth(png);
    assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(800);

    // Two more are the legend's.
    assertThat(Files.readString(folder.resolve("plot.svg")).split("<circle")).hasSize(1 + 5 + 2);
  }
}
