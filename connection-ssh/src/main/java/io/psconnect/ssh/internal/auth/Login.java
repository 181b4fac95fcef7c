package io.psconnect.ssh.internal.auth;

import io.psconnect.AuthenticationException;
import io.psconnect.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;

/**
 * What one session has to log in with, and what came of it. MINA's threads write to it, and the
 * caller's reads.
 */
public final class Login implements AutoCloseable {
  private static final AttributeKey<Login> KEY = new AttributeKey<>();

  private final Origin origin;
  private final String user;
  private final Credentials credentials;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Offer> offers;
  private final List<String> notes;
  private final List<String> tried = new ArrayList<>();
  private String taken = "";
  private String wish = "";
  private final boolean withPassword;
  private boolean passwordSpoilt;

  Login(
      Origin origin,
      String user,
      Credentials credentials,
      List<Offer> offers,
      boolean withPassword,
      List<String> notes) {
    this.origin = origin;
    this.user = user;
    this.credentials = credentials;
    this.offers = new ArrayList<>(offers);
    this.withPassword = withPassword;
    this.notes = new ArrayList<>(notes);
  }

  void attach(ClientSession session) {
    session.setAttribute(KEY, this);
  }

  static Login of(ClientSession session) {
    return Objects.requireNonNull(
        session.getAttribute(KEY), "the session was not prepared by Credentials.prepare");
  }

  List<Offer> offers() {
    lock.lock();
    try {
      return List.copyOf(offers);
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is a password to send, and no reason to keep it. */
  boolean offersPassword() {
    lock.lock();
    try {
      return withPassword && !passwordSpoilt;
    } finally {
      lock.unlock();
    }
  }

  /** The password, which the caller wipes. */
  byte[] password() {
    return credentials.passwordUtf8();
  }

  /** The server's methods, as it names them after each attempt, the first one empty. */
  void serverTakes(String methods) {
    lock.lock();
    try {
      if (!methods.isEmpty()) {
        taken = methods;
      }
    } finally {
      lock.unlock();
    }
  }

  void note(String what) {
    lock.lock();
    try {
      notes.add(what);
    } finally {
      lock.unlock();
    }
  }

  void refused(String what) {
    add(what, "refused");
  }

  void accepted(String what) {
    add(what, "accepted");
  }

  void acceptedButNotEnough(String what) {
    add(what, "accepted, but the server wants more");
  }

  private void add(String what, String outcome) {
    String line = what + ": " + outcome;
    lock.lock();
    try {
      if (!tried.contains(line)) {
        tried.add(line);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The server wants the password changed: nothing more is tried with this one. */
  void passwordHasExpired(String prompt) {
    lock.lock();
    try {
      passwordSpoilt = true;
      wish =
          "the server asks for a new password (%s); change it, for instance by ssh %s@HOST, and"
                  .formatted(quoted(prompt), user)
              + " give the new one";
    } finally {
      lock.unlock();
    }
  }

  /** A prompt that is not answered, as the answer would be a guess. */
  void notAnswered(String prompts) {
    note(
        "keyboard-interactive asked %s, which is not a plain password prompt, and got no answer"
            .formatted(quoted(prompts)));
  }

  private static String quoted(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return "'%s'".formatted(line.length() > 120 ? line.substring(0, 120) + "..." : line);
  }

  /**
   * What was tried and what came of it, what was left out and why, and what the server takes.
   *
   * @return a sentence or more, without the last full stop; no secrets
   */
  public String account() {
    lock.lock();
    try {
      List<String> parts = new ArrayList<>();
      parts.add(tried.isEmpty() ? "nothing was tried" : "tried " + String.join("; ", tried));
      if (!notes.isEmpty()) {
        parts.add("not tried: " + String.join("; ", notes));
      }
      if (!taken.isEmpty()) {
        parts.add("the server takes " + taken);
      }
      return String.join(". ", capitalized(parts));
    } finally {
      lock.unlock();
    }
  }

  private static List<String> capitalized(List<String> parts) {
    return parts.stream()
        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
        .collect(Collectors.toList());
  }

  /**
   * The error for a login that failed.
   *
   * @param cause what MINA gave, or null
   * @return an error with the account and the next step
   */
  public AuthenticationException refused(Throwable cause) {
    return new AuthenticationException(
        origin,
        "user '%s' was not let in. %s. Next: %s".formatted(user, account(), nextStep(cause)),
        cause);
  }

  private String nextStep(Throwable cause) {
    lock.lock();
    try {
      if (!wish.isEmpty()) {
        return wish;
      }
      if (cause != null && String.valueOf(cause.getMessage()).contains("Too many auth")) {
        return "the server stops after so many tries; give the right key alone (option"
            + " privateKeyPath, and noAgent)";
      }
      if (tried.isEmpty()) {
        return "give what the server takes: a private key (option privateKeyPath) for publickey, a"
            + " password for password and keyboard-interactive";
      }
      return "check the user's name, the password, and that the public key stands in the user's"
          + " authorized_keys (for administrators on Windows, in"
          + " %ProgramData%\\ssh\\administrators_authorized_keys)";
    } finally {
      lock.unlock();
    }
  }

  /** Wipes the keys as far as the JDK can, and lets go of them. The account stays. */
  @Override
  public void close() {
    lock.lock();
    try {
      offers.forEach(Offer::destroy);
      offers.clear();
    } finally {
      lock.unlock();
    }
  }
}
