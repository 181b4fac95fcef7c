package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.Login;
import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.SecurityContext;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A user's login by NTLMv2 (MS-NLMP), with a message integrity code. Of the password only its NT
 * hash is kept, until {@link #close()}.
 */
public final class NtlmLogin implements Login {
  private final String domain;
  private final String user;
  private final String target;
  private final NtHash hash;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  /**
   * A login that names no service.
   *
   * @param domain of the user; empty for a local one, or if the user is {@code name@REALM}
   * @param user their name
   * @param password of which a hash is taken; the array stays the caller's
   */
  public NtlmLogin(String domain, String user, char[] password) {
    this(domain, user, password, "");
  }

  /**
   * A login for one service.
   *
   * @param domain of the user; empty for a local one, or if the user is {@code name@REALM}
   * @param user their name
   * @param password of which a hash is taken; the array stays the caller's
   * @param target the service's name, for instance {@code HTTP/build01}; empty to name none
   */
  public NtlmLogin(String domain, String user, char[] password, String target) {
    this.domain = Objects.requireNonNull(domain, "domain");
    this.user = Objects.requireNonNull(user, "user");
    this.target = Objects.requireNonNull(target, "target");
    hash = new NtHash(Objects.requireNonNull(password, "password"));
  }

  @Override
  public SecurityContext begin(Optional<byte[]> channelBinding) throws LoginException {
    byte[] binding = ChannelBinding.hash(channelBinding);
    return new NtlmContext(new NtlmUser(domain, user, responseKey(), binding, target));
  }

  private byte[] responseKey() throws LoginException {
    lock.lock();
    try {
      if (closed) {
        throw new LoginException("The connection's credentials are wiped: open a new one", null);
      }
      return hash.responseKey(domain, user);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      hash.close();
    } finally {
      lock.unlock();
    }
  }
}
