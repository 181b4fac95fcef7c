package io.psconnect.winrm.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.spi.Deadline;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Channels to a host of a test, and what they leave behind. */
final class Channels {
  static final char[] PASSWORD = "Sentinel-7f3a".toCharArray();
  static final byte[] MESSAGE = "<message/>".getBytes(StandardCharsets.UTF_8);

  private Channels() {}

  static HttpSettings settings(int port) {
    return settings("127.0.0.1", port, Optional.empty(), Optional.empty());
  }

  static HttpSettings settings(
      String host, int port, Optional<TlsSettings> tls, Optional<InetSocketAddress> proxy) {
    return new HttpSettings(
        host,
        port,
        "/wsman",
        tls,
        proxy,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        phase -> new Origin("winrm", host + ":" + port, phase));
  }

  static HttpSettings impatient(int port, Duration connect, Duration request) {
    HttpSettings settings = settings(port);
    return new HttpSettings(
        settings.host(),
        port,
        settings.path(),
        settings.tls(),
        settings.proxy(),
        connect,
        request,
        settings.origins());
  }

  static PooledHttpChannel basic(ScriptedHost host) throws Exception {
    return basic(settings(host.port()));
  }

  static PooledHttpChannel basic(HttpSettings settings) throws Exception {
    return new PooledHttpChannel(settings, Credentials.basic("user", PASSWORD));
  }

  static HttpChannel.Answer send(HttpChannel channel) throws Exception {
    return channel.send(MESSAGE, Phase.RUN, Deadline.none());
  }

  static String text(HttpChannel.Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** A test's time limit ends the wait. */
  static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  static void assertNoThreads() throws InterruptedException {
    Set<String> left = threads();
    for (int i = 0; i < 100 && !left.isEmpty(); i++) {
      Thread.sleep(20);
      left = threads();
    }
    assertEquals(Set.of(), left);
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("psconnect-winrm-http"))
        .collect(Collectors.toSet());
  }
}
