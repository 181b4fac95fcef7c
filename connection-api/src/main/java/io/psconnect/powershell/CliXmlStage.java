package io.psconnect.powershell;

/**
 * A filter of bytes that sometimes has to see what follows before it can decide: what it leaves
 * undecided at the end of one piece is held back, a bounded amount, and seen again in front of the
 * next.
 */
abstract class CliXmlStage implements CliXmlDecoder.ByteSink {

  private final byte[] held;
  private int heldLength;

  /**
   * A stage that holds back less than {@code lookahead} bytes, the longest thing that it looks at
   * as a whole.
   */
  CliXmlStage(int lookahead) {
    held = new byte[3 * lookahead];
  }

  /**
   * Takes bytes from {@code from} on and says where it stopped: at {@code to}, or earlier when what
   * begins there cannot be told yet. It stops less than the lookahead early, and not at all when
   * these bytes are the {@code last}.
   */
  abstract int consume(byte[] bytes, int from, int to, boolean last);

  @Override
  public final void accept(byte[] bytes, int offset, int length) {
    int to = offset + length;
    int from = heldLength == 0 ? offset : consumeHeld(bytes, offset, to);
    if (from < to) {
      hold(bytes, consume(bytes, from, to, false), to);
    }
  }

  /** Ends the input: everything that is held back is decided now. */
  void finish() {
    if (heldLength > 0) {
      int length = heldLength;
      heldLength = 0;
      consume(held, 0, length, true);
    }
  }

  /** Consumes what is held, with new bytes behind it; says where in the new bytes to go on. */
  private int consumeHeld(byte[] bytes, int from, int to) {
    int next = from;
    while (heldLength > 0 && next < to) {
      int added = Math.min(to - next, held.length - heldLength);
      System.arraycopy(bytes, next, held, heldLength, added);
      int used = consume(held, 0, heldLength + added, false);
      if (used >= heldLength) {
        next += used - heldLength;
        heldLength = 0;
      } else {
        next += added;
        hold(held, used, heldLength + added);
      }
    }
    return next;
  }

  private void hold(byte[] bytes, int from, int to) {
    System.arraycopy(bytes, from, held, 0, to - from);
    heldLength = to - from;
  }
}
