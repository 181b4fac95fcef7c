package io.psconnect.winrm.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that does with each connection what a test says. */
final class ScriptedHost implements AutoCloseable {
  static final String SOAP = "application/soap+xml;charset=UTF-8";

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** What is done with one connection, which is closed afterwards. */
  interface Behaviour {
    void serve(Wire wire) throws Exception;
  }

  /** A request, with the names of its headers in small letters. */
  record Request(String line, Map<String, String> headers, byte[] body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  ScriptedHost(Behaviour behaviour) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), behaviour);
  }

  ScriptedHost(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    this.behaviour = behaviour;
    start(this::accept);
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-host");
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        start(() -> serve(socket, number));
      }
    } catch (IOException e) {
      // The test has ended.
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      behaviour.serve(new Wire(socket, number));
    } catch (Exception e) {
      // The client has gone, as it does in many a test.
    } finally {
      open.remove(socket);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many there have been. */
  int connections() {
    return connections.get();
  }

  int openConnections() {
    return open.size();
  }

  List<Request> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** A connection, as the host sees it. */
  final class Wire {
    private final Socket socket;
    private final int number;

    private Wire(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    /** 1 for the first connection. */
    int number() {
      return number;
    }

    Socket socket() {
      return socket;
    }

    Request read() throws IOException {
      InputStream in = socket.getInputStream();
      String line = line(in);
      Map<String, String> headers = new TreeMap<>();
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).trim());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new IOException("cut");
      }
      Request request = new Request(line, headers, body);
      requests.add(request);
      return request;
    }

    private static String line(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new IOException("end");
        }
        line.write(next);
      }
      return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    void soap(String body) throws IOException {
      write(answer(200, SOAP, body));
    }

    void status(int status, String... headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Words\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      write(head + "Content-Length: 0\r\n\r\n");
    }

    /** Until the client has closed the connection; what it still says does not matter. */
    void awaitEnd() throws IOException {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  static byte[] answer(int status, String type, String body) {
    return answer(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] answer(int status, String type, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head =
        "HTTP/1.1 %d Words\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, type, body.length);
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  /** Says the same to each message, for ever. */
  static Behaviour always(byte[] answer) {
    return wire -> {
      while (true) {
        wire.read();
        wire.write(answer);
      }
    };
  }

  static Behaviour soap(String body) {
    return always(answer(200, SOAP, body));
  }
}
