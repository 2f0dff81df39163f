package org.proxyless.search.job.revisit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.fixtures.ReportPage;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.report.HtmlReport;
import org.proxyless.search.report.RunRecord;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.train.Predictions.Mistake;

class ExaminationTest {
  @TempDir static Path shared;
  private static SearchResult search;
  private static Examination examination;

  @BeforeAll
  static void searchAndExamine() {
    Path table = Tiny.foreignTable(shared.resolve("phone.json"));
    search =
        new SearchJob(
                TinySearch.settings(table, shared.resolve("run"))
                    .allowForeignTable(true)
                    .epochs(1)
                    .fineTuneEpochs(0)
                    .build(),
                Progress.silent())
            .run();
    assertThat(RunRecord.read(search.runDirectory()).examination()).isNull();
    examination = examine(7);
  }

  private static Examination examine(int mistakes) {
    try (FinishedRun run = FinishedRun.open(search.runDirectory())) {
      return run.examine(null, mistakes);
    }
  }

  private static Path folder() {
    return Examination.pictures(search.runDirectory());
  }

  @Test
  void theFiguresAreThoseOfTheTestImages() throws IOException {
    assertThat(examination.evaluation().accuracy()).isEqualTo(search.testAccuracy());
    JsonNode json =
        new ObjectMapper().readTree(search.runDirectory().resolve(Examination.FILE).toFile());
    assertThat(json.get("testAccuracy").doubleValue()).isEqualTo(search.testAccuracy());
    assertThat(json.get("perClass")).hasSize(10);
    assertThat(json.get("perClass").get(9).get("name").textValue()).isEqualTo("Ankle boot");
    assertThat(json.get("calibration").get("bins")).hasSize(15);
    int images = 0;
    for (JsonNode bin : json.get("calibration").get("bins")) {
      images += bin.get("images").intValue();
    }
    assertThat(images).isEqualTo(json.get("images").intValue()).isEqualTo(2000);
  }

  @Test
  void thePicturesShowTheImagesThatWereMistaken() throws IOException {
    assertThat(examination.mistakes()).hasSize(7);
    try (Dataset dataset =
        SearchInput.openDataset(TinySearch.settings(null, shared.resolve("unused")).build())) {
      byte[] pixels = new byte[14 * 14];
      for (int m = 0; m < 7; m++) {
        Mistake mistake = examination.mistakes().get(m);
        assertThat(dataset.test().label(mistake.image())).isEqualTo(mistake.label());
        assertThat(mistake.predicted()).isNotEqualTo(mistake.label());
        dataset.test().read(mistake.image(), pixels);
        var picture = ImageIO.read(folder().resolve(Examination.picture(m)).toFile());
        assertThat(picture.getRGB(5, 9) & 0xff).isEqualTo(pixels[9 * 14 + 5] & 0xff);
      }
    }
  }

  @Test
  void theReportHasFiguresAndPicturesInIt() throws IOException {
    RunRecord run = RunRecord.read(search.runDirectory());
    String html = HtmlReport.of(List.of(run)).toString();
    JsonNode shown = ReportPage.of(html).run(0).get("examination");
    assertThat(shown.get("confusion")).hasSize(10);
    assertThat(shown.get("mistakes")).hasSize(7);
    assertThat(Base64.getDecoder().decode(shown.get("mistakes").get(6).get("picture").textValue()))
        .isEqualTo(Files.readAllBytes(folder().resolve("mistake-07.png")));
    assertThat(html).contains("img-src data:");
  }

  @Test
  void aPictureThatIsMissingIsNamed() throws IOException {
    Path picture = folder().resolve("mistake-01.png");
    byte[] content = Files.readAllBytes(picture);
    Files.delete(picture);
    try {
      assertThatThrownBy(() -> RunRecord.read(search.runDirectory()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("mistake-01.png");
    } finally {
      Files.write(picture, content);
    }
  }
}
