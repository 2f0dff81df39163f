package org.proxyless.devices.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection between a port and another that can be cut, and mended. */
final class Cable implements AutoCloseable {
  private final ServerSocket here;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile int there;
  private volatile boolean cut;

  Cable(int there) throws IOException {
    this.there = there;
    here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::accept);
  }

  int port() {
    return here.getLocalPort();
  }

  void leadTo(int port) {
    there = port;
  }

  void cut() {
    cut = true;
    open.forEach(Cable::close);
    open.clear();
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket near = here.accept();
        if (cut) {
          near.close();
          continue;
        }
        Socket far = new Socket(InetAddress.getLoopbackAddress(), there);
        open.addAll(List.of(near, far));
        run(() -> pass(near, far));
        run(() -> pass(far, near));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void pass(Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        out.write(bytes, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      // cut
    }
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "cable");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    cut();
    try {
      here.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
