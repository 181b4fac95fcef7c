package io.psconnect.testkit.winrm;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The shells of a host, and the processes that they have left. */
final class HostShells {
  private final int mostShells;
  private final int mostOperations;
  private final Map<String, HostShell> open = new ConcurrentHashMap<>();
  private final Set<HostCommand> processes = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();

  HostShells(int mostShells, int mostOperations) {
    this.mostShells = mostShells;
    this.mostOperations = mostOperations;
  }

  HostShell open(HostShell.Settings settings) throws WsmanFault {
    lock.lock();
    try {
      if (count() >= mostShells) {
        throw WsmanFault.of(WsmanFault.TOO_MANY_SHELLS);
      }
      HostShell shell = new HostShell(settings);
      open.put(shell.id(), shell);
      return shell;
    } finally {
      lock.unlock();
    }
  }

  /** Somebody else's is as unknown as one that never was. */
  HostShell find(String id, String user) throws WsmanFault {
    closeIdle();
    HostShell shell = open.get(id);
    if (shell == null || !shell.settings().owner().equals(user)) {
      throw WsmanFault.shellNotFound(id);
    }
    shell.touch();
    return shell;
  }

  void checkOperations() throws WsmanFault {
    if (open.values().stream().mapToInt(HostShell::started).sum() >= mostOperations) {
      throw WsmanFault.of(WsmanFault.TOO_MANY_OPERATIONS);
    }
  }

  void watch(HostCommand command) {
    processes.add(command);
  }

  void close(HostShell shell) {
    open.remove(shell.id());
    shell.close();
  }

  void closeAll() {
    open.values().forEach(this::close);
  }

  void killAll() {
    closeAll();
    processes.forEach(HostCommand::close);
  }

  private void closeIdle() {
    open.values().stream().filter(HostShell::isIdleTooLong).forEach(this::close);
  }

  int count() {
    closeIdle();
    return open.size();
  }

  int openCommands() {
    closeIdle();
    return open.values().stream().mapToInt(HostShell::openCommands).sum();
  }

  int openProcesses() {
    int count = 0;
    for (HostCommand command : processes) {
      int left = command.openProcesses();
      count += left;
      if (left == 0 && command.output().isFinished()) {
        processes.remove(command);
      }
    }
    return count;
  }
}
