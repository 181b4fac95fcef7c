package io.psconnect.testkit.winrm;

import io.psconnect.testkit.winrm.WinRmFault.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that hold now. */
final class WinRmFaults {
  private final List<WinRmFault> current = new CopyOnWriteArrayList<>();

  void add(WinRmFault fault) {
    current.add(fault);
  }

  void clear() {
    current.clear();
  }

  boolean holds(WinRmFault fault) {
    return current.contains(fault);
  }

  /** One that takes effect now; the one that does so once is used up. */
  Optional<WinRmFault> take(Kind kind, Optional<WinRmOperation> operation) {
    for (WinRmFault fault : current) {
      if (fault.fits(kind, operation) && (!fault.isOnce() || current.remove(fault))) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  boolean strikes(Kind kind, WinRmOperation operation) {
    return take(kind, Optional.of(operation)).isPresent();
  }
}
