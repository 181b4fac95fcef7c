package io.psconnect.ssh.internal;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** The right to one of the sessions that may be open at once; given back once. */
final class Slot {
  private final Semaphore slots;
  private final AtomicBoolean freed = new AtomicBoolean();

  Slot(Semaphore slots) {
    this.slots = slots;
  }

  void free() {
    if (freed.compareAndSet(false, true)) {
      slots.release();
    }
  }
}
