package io.psconnect.powershell;

import java.nio.charset.StandardCharsets;

/** The PowerShell stream that a record belongs to, by its {@code S} attribute. */
enum CliXmlStream {
  /** Rendered lines, with their line ends; also any stream that has no rule of its own. */
  TEXT("", ""),
  WARNING("warning", "WARNING: "),
  VERBOSE("verbose", "VERBOSE: "),
  DEBUG("debug", "DEBUG: "),
  PROGRESS("progress", ""),
  INFORMATION("information", "");

  private static final CliXmlStream[] ALL = values();

  private final byte[] streamName;
  private final byte[] label;

  CliXmlStream(String streamName, String label) {
    this.streamName = streamName.getBytes(StandardCharsets.US_ASCII);
    this.label = label.getBytes(StandardCharsets.US_ASCII);
  }

  static CliXmlStream named(byte[] bytes, int from, int to) {
    for (CliXmlStream stream : ALL) {
      if (stream.isNamed(bytes, from, to)) {
        return stream;
      }
    }
    return TEXT;
  }

  private boolean isNamed(byte[] bytes, int from, int to) {
    boolean same = to - from == streamName.length;
    for (int i = 0; same && i < streamName.length; i++) {
      same = (bytes[from + i] | 0x20) == streamName[i];
    }
    return same;
  }

  /** Whether PowerShell writes no line ends on this stream, and labels each message. */
  boolean isLabelled() {
    return label.length > 0;
  }

  byte[] label() {
    return label;
  }

  boolean isDropped() {
    return this == PROGRESS || this == INFORMATION;
  }
}
