package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.LoginException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The configuration of the JVM's Kerberos. The JDK knows one at a time for the whole JVM, by a
 * system property; so all logins share one file, and who wants another is told so.
 */
final class Krb5Conf {
  static final String PROPERTY = "java.security.krb5.conf";

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static int uses;
  private static Path ours; // The file that we made the JVM's; null if we made none.

  private Krb5Conf() {}

  /**
   * Makes a file the JVM's until it is released.
   *
   * @param asked the file that was asked for; empty for the usual places
   * @throws LoginException if the file cannot be read, or another is in use
   */
  static Use use(Optional<Path> asked) throws LoginException {
    Optional<Path> file = asked.isPresent() ? asked : usual();
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw new LoginException(
          "Kerberos: the configuration %s cannot be read; correct its path or its permissions"
              .formatted(file.get()),
          null);
    }
    LOCK.lock();
    try {
      if (file.isPresent()) {
        demand(file.get().toAbsolutePath().normalize(), asked.isPresent());
      }
      uses++;
      return new Use();
    } finally {
      LOCK.unlock();
    }
  }

  private static void demand(Path file, boolean byName) throws LoginException {
    String inForce = System.getProperty(PROPERTY);
    if (inForce == null) {
      System.setProperty(PROPERTY, file.toString());
      ours = file;
    } else if (!isSame(Path.of(inForce), file) && (byName || ours != null)) {
      // What the application has set precedes the usual places, but not what was asked for.
      throw ours != null ? inUse(file) : applications(inForce, file);
    }
  }

  private static LoginException inUse(Path file) {
    return new LoginException(
        "Kerberos: %s was asked for, but a connection that is open uses %s, and a JVM has one"
                .formatted(file, ours)
            + " Kerberos configuration at a time; close that connection first, or put both realms"
            + " into one file",
        null);
  }

  private static LoginException applications(String inForce, Path file) {
    return new LoginException(
        "Kerberos: %s was asked for, but the application has set the system property %s to %s;"
                .formatted(file, PROPERTY, inForce)
            + " name one file in both places, or leave out one",
        null);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (java.io.IOException e) {
      return one.toAbsolutePath().normalize().equals(other);
    }
  }

  /** Where MIT's programs look, and the user's own place before the machine's. */
  private static Optional<Path> usual() {
    String variable = System.getenv().getOrDefault("KRB5_CONFIG", "");
    Stream<Path> named =
        Stream.of(variable.split(File.pathSeparator)).filter(name -> !name.isEmpty()).map(Path::of);
    Stream<Path> known =
        Stream.of(
            Path.of(System.getProperty("user.home"), ".config", "krb5.conf"),
            Path.of("/etc/krb5.conf"));
    return Stream.concat(named, known).filter(Files::isReadable).findFirst();
  }

  private static void release() {
    LOCK.lock();
    try {
      if (--uses == 0 && ours != null) {
        System.getProperties().remove(PROPERTY, ours.toString());
        ours = null;
      }
    } finally {
      LOCK.unlock();
    }
  }

  /** One login's hold on the configuration. Its owner calls it under a lock of its own. */
  static final class Use implements AutoCloseable {
    private boolean released;

    private Use() {}

    @Override
    public void close() {
      if (!released) {
        released = true;
        release();
      }
    }
  }
}
