package org.proxyless.search.sweep.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A master and workers of one processor each, in processes of their own on this machine. */
final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int SECONDS = 60;

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static StandaloneCluster start(Path folder, int workers) throws Exception {
    int port;
    try (ServerSocket any = new ServerSocket(0)) {
      port = any.getLocalPort();
    }
    StandaloneCluster cluster = new StandaloneCluster(folder, port);
    cluster.linkJars();
    cluster.run(
        "org.apache.spark.deploy.master.Master",
        List.of("--host", HOST, "--port", Integer.toString(port), "--webui-port", "0"));
    cluster.awaitMaster();
    for (int worker = 0; worker < workers; worker++) {
      String own = folder.resolve("worker" + worker).toString();
      cluster.run(
          "org.apache.spark.deploy.worker.Worker",
          List.of(
              "--host",
              HOST,
              "--cores",
              "1",
              "--memory",
              "2g",
              "--webui-port",
              "0",
              "--work-dir",
              own,
              cluster.url()));
    }
    return cluster;
  }

  String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** What a distribution of Spark would have: executors' class path. */
  private void linkJars() throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry).toAbsolutePath();
      Path link = jars.resolve(jar.getFileName());
      if (entry.endsWith(".jar") && !Files.exists(link)) {
        Files.createSymbolicLink(link, jar);
      }
    }
  }

  private void run(String main, List<String> arguments) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("src/main/launcher/spark.options").toAbsolutePath(),
                "-Xmx256m",
                "-cp",
                folder.resolve("jars") + "/*",
                main));
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", folder.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    Path log = folder.resolve("log" + processes.size() + ".txt");
    processes.add(builder.redirectOutput(log.toFile()).start());
  }

  private void awaitMaster() throws InterruptedException {
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(HOST, port), 1000);
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("the master did not start; see " + folder);
  }

  @Override
  public void close() {
    for (Process process : processes) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      process.onExit().join();
      children.forEach(child -> child.onExit().join()); // or they write into the folder
    }
  }
}
