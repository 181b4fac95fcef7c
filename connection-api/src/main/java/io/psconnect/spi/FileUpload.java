package io.psconnect.spi;

import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Origin;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.TransferListener;
import io.psconnect.powershell.FileReceiver;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Enumeration;

/** A file on its way to a {@link FileReceiver}: its bytes, then their SHA-256. */
final class FileUpload {
  private final FileCopy copy;

  FileUpload(FileCopy copy) {
    this.copy = copy;
  }

  Script script() {
    return Script.of(FileReceiver.script(copy.target())).withInput(this::open);
  }

  private InputStream open() throws IOException {
    MessageDigest digest = SourceFile.newSha256();
    InputStream file = Files.newInputStream(copy.source());
    InputStream counted = new Counted(file, digest, Files.size(copy.source()), copy.listener());
    return new SequenceInputStream(inTurn(counted, digest));
  }

  /** The digest is known, and asked for, only after the file has been read to its end. */
  private static Enumeration<InputStream> inTurn(InputStream file, MessageDigest digest) {
    return new Enumeration<>() {
      private int next;

      @Override
      public boolean hasMoreElements() {
        return next < 2;
      }

      @Override
      public InputStream nextElement() {
        return next++ == 0 ? file : new ByteArrayInputStream(digest.digest());
      }
    };
  }

  void requireSuccess(Result result, Origin origin) throws ConnectionException {
    if (!result.succeeded()) {
      throw new FileCopyException(
          origin,
          "%s could not be written on the host: %s"
              .formatted(copy.target(), result.stderr().strip()),
          null);
    }
  }

  private static final class Counted extends FilterInputStream {
    private final MessageDigest digest;
    private final long total;
    private final TransferListener listener;
    private long transferred;

    Counted(InputStream in, MessageDigest digest, long total, TransferListener listener) {
      super(in);
      this.digest = digest;
      this.total = total;
      this.listener = listener;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        digest.update(buffer, offset, n);
      }
      if (n > 0 || transferred == 0) {
        transferred += Math.max(n, 0);
        listener.onProgress(transferred, total);
      }
      return n;
    }
  }
}
