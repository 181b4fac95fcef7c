package io.psconnect.testkit.winrm;

import java.util.Optional;
import java.util.stream.Stream;

/** What a client can ask of a {@link WinRmHost} (MS-WSMV 3.1.4). */
public enum WinRmOperation {
  /** What kind of host it is (DSP0226, section 11). */
  IDENTIFY(""),
  /** A new shell. */
  CREATE("http://schemas.xmlsoap.org/ws/2004/09/transfer/Create"),
  /** A command in a shell. */
  COMMAND(Wsman.SHELL + "/Command"),
  /** A command's output, or its end. */
  RECEIVE(Wsman.SHELL + "/Receive"),
  /** A command's input. */
  SEND(Wsman.SHELL + "/Send"),
  /** A command is ended. */
  SIGNAL(Wsman.SHELL + "/Signal"),
  /** A shell is closed, with all its commands. */
  DELETE("http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete");

  private final String action;

  WinRmOperation(String action) {
    this.action = action;
  }

  static Optional<WinRmOperation> byAction(String action) {
    return Stream.of(values())
        .filter(operation -> operation != IDENTIFY && operation.action.equals(action))
        .findFirst();
  }

  /** The action of its answer. */
  String answer() {
    return action + "Response";
  }
}
