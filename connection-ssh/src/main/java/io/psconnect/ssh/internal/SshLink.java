package io.psconnect.ssh.internal;

import java.util.List;
import org.apache.sshd.client.session.ClientSession;

/** A session with the host, and the sessions with the hosts on the way to it. */
final class SshLink implements AutoCloseable {
  private final List<ClientSession> sessions;
  private final SessionEnd end;

  /**
   * @param sessions the one with the host is the last
   * @param end what is known of the end of that one
   */
  SshLink(List<ClientSession> sessions, SessionEnd end) {
    this.sessions = List.copyOf(sessions);
    this.end = end;
  }

  ClientSession session() {
    return sessions.get(sessions.size() - 1);
  }

  /** Why the session ended, in words. */
  String endReason() {
    return end.reason();
  }

  boolean isAlive() {
    return sessions.stream().allMatch(session -> session.isOpen() && !session.isClosing());
  }

  @Override
  public void close() {
    for (int i = sessions.size() - 1; i >= 0; i--) {
      sessions.get(i).close(true);
    }
  }
}
