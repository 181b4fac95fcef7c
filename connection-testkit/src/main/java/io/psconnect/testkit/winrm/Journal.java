package io.psconnect.testkit.winrm;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What has come to a host. */
final class Journal {
  private final Queue<WinRmOperation> operations = new ConcurrentLinkedQueue<>();
  private final Queue<String> commandLines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger shells = new AtomicInteger();
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  void connected() {
    connections.incrementAndGet();
  }

  void asked(WinRmOperation operation) {
    operations.add(operation);
  }

  void opened() {
    shells.incrementAndGet();
  }

  void started(String commandLine) {
    commandLines.add(commandLine);
  }

  void loggedIn() {
    logins.incrementAndGet();
  }

  void refused() {
    refused.incrementAndGet();
  }

  int connections() {
    return connections.get();
  }

  int shells() {
    return shells.get();
  }

  int logins() {
    return logins.get();
  }

  int refusedLogins() {
    return refused.get();
  }

  List<WinRmOperation> operations() {
    return List.copyOf(operations);
  }

  List<String> commandLines() {
    return List.copyOf(commandLines);
  }
}
