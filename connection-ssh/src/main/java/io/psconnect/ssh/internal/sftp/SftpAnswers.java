package io.psconnect.ssh.internal.sftp;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;

/** Finds the packets in the bytes that come from an SFTP server, wherever those are cut. */
final class SftpAnswers {
  /** The answers to what we ask are short; OpenSSH's own limit for any packet is this. */
  private static final int LONGEST = 1 << 18;

  interface Receiver {
    void accept(ByteBuffer packet) throws IOException;
  }

  private final Receiver receiver;
  private ByteBuffer gathered = ByteBuffer.allocate(1 << 10);

  SftpAnswers(Receiver receiver) {
    this.receiver = receiver;
  }

  void take(byte[] bytes, int offset, int length) throws IOException {
    makeRoom(length);
    gathered.put(bytes, offset, length).flip();
    while (gathered.remaining() >= Integer.BYTES && isWhole()) {
      int size = gathered.getInt();
      receiver.accept(gathered.slice(gathered.position(), size));
      gathered.position(gathered.position() + size);
    }
    gathered.compact();
  }

  private void makeRoom(int length) {
    if (gathered.remaining() < length) {
      ByteBuffer larger = ByteBuffer.allocate((gathered.position() + length) * 2);
      gathered = larger.put(gathered.flip());
    }
  }

  private boolean isWhole() throws IOException {
    int size = gathered.getInt(gathered.position());
    if (size < 1 || size > LONGEST) {
      throw new StreamCorruptedException(
          "the SFTP server sent a packet of %d bytes; is there text in its output?"
              .formatted(size & 0xFFFFFFFFL));
    }
    return gathered.remaining() - Integer.BYTES >= size;
  }
}
