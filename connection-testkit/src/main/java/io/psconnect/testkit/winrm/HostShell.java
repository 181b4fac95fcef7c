package io.psconnect.testkit.winrm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A shell that a client has opened, with its commands. */
final class HostShell {
  private final String id = UUID.randomUUID().toString().toUpperCase();
  private final Settings settings;
  private final Map<String, HostCommand> commands = new ConcurrentHashMap<>();

  /** Those that have ended included: a shell does not give them back (MS-WSMV, note 118). */
  private final AtomicInteger started = new AtomicInteger();

  private volatile long used = System.nanoTime();

  /** How a client wants it. */
  record Settings(
      String owner, Path folder, Map<String, String> environment, Duration idleTimeout) {}

  HostShell(Settings settings) {
    this.settings = settings;
  }

  String id() {
    return id;
  }

  Settings settings() {
    return settings;
  }

  void touch() {
    used = System.nanoTime();
  }

  boolean isIdleTooLong() {
    return System.nanoTime() - used > settings.idleTimeout().toNanos();
  }

  int started() {
    return started.get();
  }

  int openCommands() {
    return (int) commands.values().stream().filter(one -> !one.isTerminated()).count();
  }

  /** The client may bring an id of its own (MS-WSMV 2.2.4.7). */
  String add(Optional<String> wanted, HostCommand command) {
    String name = wanted.orElseGet(() -> UUID.randomUUID().toString().toUpperCase());
    started.incrementAndGet();
    commands.put(name, command);
    return name;
  }

  HostCommand command(String name) throws WsmanFault {
    HostCommand command = commands.get(name);
    if (command == null) {
      throw WsmanFault.commandNotFound();
    }
    return command;
  }

  void removeForgotten() {
    commands.values().removeIf(HostCommand::isForgotten);
  }

  void close() {
    commands.values().forEach(HostCommand::close);
    commands.clear();
  }
}
