package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.Login;
import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.SecurityContext;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings.Password;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.security.auth.Subject;

/**
 * Logs in by Kerberos 5 (RFC 4120, RFC 4121) with the JDK's own client. The ticket that grants
 * tickets is got with the first connection, and again when it is about to end; nothing is asked of
 * the KDC before.
 */
public final class KerberosLogin implements Login {
  private final KerberosSettings settings;
  private final ReentrantLock oneAtATime = new ReentrantLock(); // held while the KDC is asked
  private final ReentrantLock lock = new ReentrantLock(); // for the fields; never held for long
  private Optional<Krb5Conf.Use> conf = Optional.empty();
  private Optional<Subject> subject = Optional.empty();
  private boolean closed;

  /** Asks nobody yet. */
  public KerberosLogin(KerberosSettings settings) {
    this.settings = Objects.requireNonNull(settings, "settings");
  }

  @Override
  public SecurityContext begin(Optional<byte[]> channelBinding) throws LoginException {
    Subject user = user();
    boolean bound = channelBinding.isPresent() && BoundContext.isPossible(settings);
    return bound
        ? BoundContext.begin(user, settings, channelBinding.get())
        : SealingContext.begin(user, settings);
  }

  private Subject user() throws LoginException {
    oneAtATime.lock();
    try {
      holdConfiguration();
      Optional<Subject> known = current();
      return known.isPresent() ? known.get() : keep(new TicketRequest(settings, this).send());
    } finally {
      oneAtATime.unlock();
    }
  }

  private void holdConfiguration() throws LoginException {
    lock.lock();
    try {
      checkOpen();
      if (conf.isEmpty()) {
        conf = Optional.of(Krb5Conf.use(settings.krb5Conf()));
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<Subject> current() {
    lock.lock();
    try {
      return subject.filter(Tickets::lastAWhile);
    } finally {
      lock.unlock();
    }
  }

  private Subject keep(Subject fresh) throws LoginException {
    lock.lock();
    try {
      checkOpen();
      // The old one's tickets are left to end by themselves: a thread may still be using them.
      subject = Optional.of(fresh);
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  /** A copy, which the caller wipes; taken so that no half wiped password is ever tried. */
  char[] copyOf(Password password) throws LoginException {
    lock.lock();
    try {
      checkOpen();
      return password.characters().clone();
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() throws LoginException {
    if (closed) {
      throw new LoginException("Kerberos: the connection was closed; open a new one", null);
    }
  }

  /** Wipes the password and the tickets. Contexts that have begun keep their own keys. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (settings.secret() instanceof Password password) {
        Arrays.fill(password.characters(), '\0');
      }
      subject.ifPresent(Tickets::destroy);
      conf.ifPresent(Krb5Conf.Use::close);
    } finally {
      lock.unlock();
    }
  }
}
