package io.psconnect.testkit;

import io.psconnect.powershell.FileReceiver;
import io.psconnect.powershell.PowerShellLiteral;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** A file as it comes to a {@link FileReceiver}, kept for as long as the receiver runs. */
final class ReceivedFile implements AutoCloseable {
  private static final String TARGET = "target";
  private static final String[] AROUND_TARGET =
      FileReceiver.script(TARGET).split(PowerShellLiteral.quote(TARGET), 2);

  private final Path path;
  private final byte[] trailer;
  private final byte[] digest;
  private final long size;

  private ReceivedFile(Path path) throws IOException {
    this.path = path;
    trailer = takeTrailer(path);
    digest = digest(path);
    size = Files.size(path);
  }

  /**
   * Where a receiver puts its file.
   *
   * @return empty if the script is no receiver
   */
  static Optional<String> target(String script) {
    String begin = AROUND_TARGET[0];
    String end = AROUND_TARGET[1];
    boolean receiver =
        script.length() >= begin.length() + end.length()
            && script.startsWith(begin)
            && script.endsWith(end);
    return receiver
        ? PowerShellLiteral.unquote(
            script.substring(begin.length(), script.length() - end.length()))
        : Optional.empty();
  }

  static ReceivedFile read(InputStream stdin) throws IOException {
    Path path = Files.createTempFile("psconnect-received-", ".part");
    try {
      Files.copy(stdin, path, StandardCopyOption.REPLACE_EXISTING);
      return new ReceivedFile(path);
    } catch (IOException | RuntimeException e) {
      Files.delete(path);
      throw e;
    }
  }

  private static byte[] takeTrailer(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long length = Math.max(0, file.size() - FileReceiver.TRAILER_LENGTH);
      ByteBuffer trailer = ByteBuffer.allocate((int) (file.size() - length));
      while (trailer.hasRemaining()) {
        file.read(trailer, length + trailer.position());
      }
      file.truncate(length);
      return trailer.array();
    }
  }

  private static byte[] digest(Path path) throws IOException {
    MessageDigest digest = sha256();
    Files.copy(path, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Path path() {
    return path;
  }

  boolean isWhole() {
    return MessageDigest.isEqual(trailer, digest);
  }

  long size() {
    return size;
  }

  /** What a receiver prints. */
  String receipt() {
    return "%s %d\r\n".formatted(HexFormat.of().formatHex(digest), size);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
