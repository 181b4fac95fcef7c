package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.SecurityContext;
import io.psconnect.winrm.internal.auth.Suspicion;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.sasl.SaslException;
import org.ietf.jgss.GSSException;

/** The exchange of tokens, whichever of the JDK's clients makes and reads them. */
abstract class KerberosContext implements SecurityContext {
  private final Subject user;
  private final KerberosSettings settings;
  private boolean begun;

  KerberosContext(Subject user, KerberosSettings settings) {
    this.user = user;
    this.settings = settings;
  }

  /** Does what needs the user's tickets, or asks the KDC for one of the host's. */
  static <T> T doAs(Subject user, KerberosSettings settings, PrivilegedExceptionAction<T> action)
      throws LoginException {
    try {
      return Subject.doAs(user, action);
    } catch (PrivilegedActionException e) {
      throw KerberosErrors.ofHost(e.getCause(), settings);
    }
  }

  @Override
  public final String scheme() {
    return Mechanism.SCHEME;
  }

  @Override
  public final String sealedType() {
    return Mechanism.SEALED_TYPE;
  }

  @Override
  public final byte[] next(byte[] token) throws LoginException {
    if (!begun) {
      begun = true;
      return doAs(user, settings, this::first);
    }
    if (isEstablished()) {
      Mechanism.expectNone(token);
      return token;
    }
    try {
      return answer(token);
    } catch (GSSException | SaslException | RuntimeException e) {
      // JGSS reads some bad tokens past their end.
      throw KerberosErrors.ofToken(e, token, settings);
    }
  }

  /** The token that asks for the login (AP-REQ). */
  abstract byte[] first() throws GSSException, SaslException;

  /** Reads the host's proof (AP-REP), and answers it if need be. */
  abstract byte[] answer(byte[] token) throws GSSException, SaslException;

  @Override
  public final Suspicion suspicion(Optional<Instant> hostsTime) {
    return KerberosErrors.suspicion(hostsTime, settings);
  }

  @Override
  public final void close() {
    try {
      dispose();
    } catch (GSSException | SaslException e) {
      System.getLogger(KerberosContext.class.getName())
          .log(System.Logger.Level.DEBUG, "A Kerberos context could not be disposed of", e);
    }
  }

  abstract void dispose() throws GSSException, SaslException;
}
