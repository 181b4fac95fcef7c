package io.psconnect.ssh.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/** Listens to a session: for the end of its key exchange, and for why it ended. */
final class SessionEnd implements SessionListener {
  private final CompletableFuture<Void> keysExchanged = new CompletableFuture<>();
  private final AtomicReference<String> reason = new AtomicReference<>();
  private final AtomicReference<Throwable> cause = new AtomicReference<>();
  private volatile String firstLine = "";
  private volatile boolean dismissed;

  /** Completed when the keys have been exchanged, exceptionally when the session ended before. */
  CompletableFuture<Void> keysExchanged() {
    return keysExchanged;
  }

  /** Why the session ended; that it did, if nothing more is known. */
  String reason() {
    String known = reason.get();
    return known == null ? "the host closed the connection" : known;
  }

  /** Whether a login failed because the host did not want it, and not for want of a session. */
  boolean isRefusal(Throwable failure) {
    boolean outOfMethods =
        failure instanceof SshException e
            && e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
    return outOfMethods || dismissed;
  }

  /** What the host said in place of, or before, its version; empty if nothing. */
  String firstLine() {
    return firstLine;
  }

  @Override
  public void sessionPeerIdentificationLine(Session session, String line, List<String> extraLines) {
    if (firstLine.isEmpty()) {
      firstLine = line;
    }
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    if (event == Event.KeyEstablished) {
      keysExchanged.complete(null);
    }
  }

  @Override
  public void sessionException(Session session, Throwable failure) {
    cause.compareAndSet(null, failure);
    String message = failure.getMessage();
    reason.compareAndSet(null, message == null ? failure.getClass().getSimpleName() : message);
  }

  @Override
  public void sessionDisconnect(
      Session session, int code, String message, String language, boolean initiator) {
    if (!initiator) {
      dismissed = true;
      reason.set("the host ended the session: " + message);
    }
  }

  @Override
  public void sessionClosed(Session session) {
    keysExchanged.completeExceptionally(new SessionClosedException(reason(), cause.get()));
  }

  /** The session ended before it was of use. */
  static final class SessionClosedException extends Exception {
    private static final long serialVersionUID = 1;

    SessionClosedException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
