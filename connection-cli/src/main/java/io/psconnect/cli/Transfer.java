package io.psconnect.cli;

import io.psconnect.TransferListener;

/** How far a copy has come, and so what can have become of its target. */
final class Transfer {
  private boolean allSent;

  /** Keeps count, and passes the news on. */
  TransferListener toldTo(TransferListener listener) {
    return (transferred, total) -> {
      allSent = transferred == total;
      listener.onProgress(transferred, total);
    };
  }

  /** What became of the target of a copy that did not end well: a clause. */
  String fateOf(String target) {
    return allSent
        ? target + " is either as it was or the whole new file"
        : target + " is as it was";
  }
}
