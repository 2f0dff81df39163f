package org.proxyless.samples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.proxyless.network.Shape;
import org.proxyless.search.job.result.SearchResult;

/** Lesson 6: images of your own. */
public final class Sample06OwnData {
  private static final List<String> CLASSES = List.of("across", "down", "slanted");

  private Sample06OwnData() {}

  /** Searches into the folder of the first argument, or into a temporary one. */
  public static void main(String[] args) throws IOException {
    search(Lesson.folder(args));
  }

  static SearchResult search(Path folder) throws IOException {
    // Data comes as files, a run names it so that it can go on later: objects cannot be handed in.
    // A folder a class is enough, and 60, 20 and 20 % of it are for training, choosing and testing;
    // train/, val/ and test/ above the classes say it otherwise. docs/data.md has other formats.
    Path data = folder.resolve("images");
    Random random = new Random(1);
    for (String name : CLASSES) {
      Path images = Files.createDirectories(data.resolve(name));
      for (int i = 0; i < 100; i++) {
        ImageIO.write(stripes(name, random), "png", images.resolve(i + ".png").toFile());
      }
    }
    // Images are scaled to the space's input; classes and channels are those of the data.
    Shape image = new Shape(14, 14, 3); // image files are read in colour
    var settings = Lesson.shortSearch("lesson.yaml", image, CLASSES.size(), folder);
    settings.dataset("image-folder").dataDir(data);
    return Lesson.run(settings);
  }

  private static BufferedImage stripes(String name, Random random) {
    BufferedImage image = new BufferedImage(14, 14, BufferedImage.TYPE_BYTE_GRAY);
    int phase = random.nextInt(4);
    for (int y = 0; y < 14; y++) {
      for (int x = 0; x < 14; x++) {
        int along = name.equals("across") ? y : name.equals("down") ? x : x + y;
        int grey = ((along + phase) / 2 % 2 == 0 ? 60 : 180) + random.nextInt(40);
        image.getRaster().setSample(x, y, 0, grey);
      }
    }
    return image;
  }
}
