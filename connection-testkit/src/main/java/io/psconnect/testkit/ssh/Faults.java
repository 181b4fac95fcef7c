package io.psconnect.testkit.ssh;

import io.psconnect.testkit.ssh.SshFault.Kind;
import io.psconnect.testkit.ssh.SshFault.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The faults that hold now. */
final class Faults {
  private final Map<Kind, SshFault> current = new ConcurrentHashMap<>();

  void add(SshFault fault) {
    current.put(fault.kind(), fault);
  }

  void clear() {
    current.clear();
  }

  boolean has(Kind kind) {
    return current.containsKey(kind);
  }

  Optional<SshFault> find(Kind kind) {
    return Optional.ofNullable(current.get(kind));
  }

  boolean stallsAt(Stage stage) {
    return find(Kind.STALL).filter(fault -> fault.stage() == stage).isPresent();
  }
}
