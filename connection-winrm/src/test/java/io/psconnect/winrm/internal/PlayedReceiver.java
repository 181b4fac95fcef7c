package io.psconnect.winrm.internal;

import io.psconnect.powershell.PowerShellLaunch;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does here what {@code receive-blocks.ps1} does there, and like it leaves no temporary file
 * whatever goes wrong; but one that is killed can do nothing about that. Blocks that were deflated
 * it does not take.
 */
final class PlayedReceiver {
  private static final Pattern PART = Pattern.compile("'(\\.[0-9a-f]{32}\\.part)'");
  private static final int LARGEST = 1 << 19;
  private static final int HEADER = 16;

  private final PlayedCommand command;
  private final Path target;
  private final DataInputStream in;
  private FileChannel file;

  private PlayedReceiver(PlayedCommand command, Path target) {
    this.command = command;
    this.target = target;
    in = new DataInputStream(command.stdin());
  }

  static PlayedHost.Play to(Path target) {
    return command -> new PlayedReceiver(command, target).run();
  }

  private void run() throws IOException {
    Matcher name = PART.matcher(PowerShellLaunch.parse(command.arguments(), in));
    if (!name.find()) {
      throw new AssertionError("the script names no temporary file");
    }
    Path part = target.resolveSibling(name.group(1));
    try {
      byte[] last = takeBlocks(part);
      if (last.length > 0) {
        finish(part, ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN));
      }
      command.exit(0);
    } catch (EOFException e) {
      fail(part, "the copy was given up");
    } catch (UnusableException e) {
      fail(part, e.getMessage());
    }
  }

  private void fail(Path part, String words) throws IOException {
    Files.deleteIfExists(part);
    command.stderr((words + "\n").getBytes(StandardCharsets.UTF_8));
    command.exit(1);
  }

  /** What comes with the last. */
  private byte[] takeBlocks(Path part) throws IOException, UnusableException {
    try {
      while (true) {
        ByteBuffer header = ByteBuffer.wrap(read(HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        long offset = header.getLong();
        int length = header.getInt();
        byte[] bytes = read(header.getInt());
        if (offset < 0) {
          return bytes;
        }
        if (bytes.length != length) {
          throw new UnusableException("a block did not arrive whole");
        }
        write(part, offset, bytes);
      }
    } finally {
      if (file != null) {
        file.close();
      }
    }
  }

  private byte[] read(int count) throws IOException, UnusableException {
    if (count < 0 || count > LARGEST) {
      throw new UnusableException("no block has %d bytes".formatted(count));
    }
    byte[] bytes = new byte[count];
    in.readFully(bytes);
    return bytes;
  }

  private void write(Path part, long offset, byte[] bytes) throws IOException {
    if (Thread.interrupted()) {
      throw new InterruptedIOException("killed");
    }
    if (file == null) {
      file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
    file.write(ByteBuffer.wrap(bytes), offset);
  }

  private void finish(Path part, ByteBuffer expected) throws IOException, UnusableException {
    long size = expected.getLong();
    byte[] content = Files.readAllBytes(part);
    if (content.length != size || !expected.equals(ByteBuffer.wrap(sha256(content)))) {
      throw new UnusableException("its bytes did not arrive whole");
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(String message) {
      super(message);
    }
  }
}
