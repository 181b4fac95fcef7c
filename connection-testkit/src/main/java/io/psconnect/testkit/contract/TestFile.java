package io.psconnect.testkit.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * A file on this machine to be copied.
 *
 * @param path where it is
 * @param sha256 the digest of its content, as a host writes it: {@code 0A-1B-}...
 */
record TestFile(Path path, String sha256) {

  static TestFile random(ContractHost host, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return of(host, content);
  }

  static TestFile of(ContractHost host, byte[] content) throws IOException {
    return new TestFile(host.source(content), digest(content));
  }

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.ofDelimiter("-").withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
