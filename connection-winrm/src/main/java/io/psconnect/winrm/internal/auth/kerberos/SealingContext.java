package io.psconnect.winrm.internal.auth.kerberos;

import com.sun.security.jgss.ExtendedGSSContext;
import com.sun.security.jgss.InquireType;
import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import io.psconnect.winrm.internal.auth.SecurityContext;
import io.psconnect.winrm.internal.auth.Suspicion;
import java.security.GeneralSecurityException;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.EncryptionKey;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.MessageProp;

/** A login by which messages are sealed: JGSS with the mechanism of RFC 4121. */
final class SealingContext implements SecurityContext {
  private final Subject user;
  private final KerberosSettings settings;
  private final GSSContext context;
  private boolean begun;
  private HeaderCheck headers; // once it is needed

  private SealingContext(Subject user, KerberosSettings settings, GSSContext context) {
    this.user = user;
    this.settings = settings;
    this.context = context;
  }

  static SealingContext begin(Subject user, KerberosSettings settings) throws LoginException {
    PrivilegedExceptionAction<GSSContext> made = () -> context(settings);
    try {
      return new SealingContext(user, settings, Subject.doAs(user, made));
    } catch (PrivilegedActionException e) {
      throw KerberosErrors.ofHost(e.getCause(), settings);
    }
  }

  private static GSSContext context(KerberosSettings settings) throws GSSException {
    GSSContext context =
        GSSManager.getInstance()
            .createContext(
                name(settings.spn()), Mechanism.kerberos(), null, GSSContext.DEFAULT_LIFETIME);
    context.requestMutualAuth(true);
    context.requestSequenceDet(true);
    context.requestReplayDet(true);
    context.requestInteg(true);
    context.requestConf(true);
    context.requestCredDeleg(settings.delegation());
    return context;
  }

  /** By the host's name, whose realm [domain_realm] says; unless the principal names its realm. */
  private static GSSName name(String spn) throws GSSException {
    GSSManager manager = GSSManager.getInstance();
    return spn.contains("@")
        ? manager.createName(spn, Mechanism.principalName())
        : manager.createName(spn.replace('/', '@'), GSSName.NT_HOSTBASED_SERVICE);
  }

  @Override
  public String scheme() {
    return Mechanism.SCHEME;
  }

  @Override
  public String sealedType() {
    return Mechanism.SEALED_TYPE;
  }

  @Override
  public byte[] next(byte[] token) throws LoginException {
    if (!begun) {
      begun = true;
      return first();
    }
    if (context.isEstablished()) {
      Mechanism.expectNone(token);
      return token;
    }
    return answer(token);
  }

  private byte[] first() throws LoginException {
    PrivilegedExceptionAction<byte[]> step = () -> context.initSecContext(new byte[0], 0, 0);
    try {
      return Subject.doAs(user, step);
    } catch (PrivilegedActionException e) {
      throw KerberosErrors.ofHost(e.getCause(), settings);
    }
  }

  private byte[] answer(byte[] token) throws LoginException {
    try {
      byte[] more = context.initSecContext(token, 0, token.length);
      if (context.isEstablished() && !(context.getMutualAuthState() && context.getConfState())) {
        throw new GSSException(GSSException.UNAVAILABLE);
      }
      return more == null ? new byte[0] : more;
    } catch (GSSException | RuntimeException e) {
      // JGSS reads some bad tokens past their end.
      throw KerberosErrors.ofToken(e, token, settings);
    }
  }

  @Override
  public boolean isEstablished() {
    return context.isEstablished();
  }

  @Override
  public Suspicion suspicion(Optional<Instant> hostsTime) {
    return KerberosErrors.suspicion(hostsTime, settings);
  }

  @Override
  public Sealed seal(byte[] message) throws LoginException {
    try {
      byte[] token = context.wrap(message, 0, message.length, new MessageProp(0, true));
      return WrapToken.split(token, message.length);
    } catch (GSSException e) {
      throw new LoginException(
          "Kerberos: a message could not be sealed (%s); connect again".formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public byte[] unseal(Sealed sealed) throws LoginException {
    byte[] token = WrapToken.join(sealed);
    MessageProp found = new MessageProp(0, true);
    try {
      byte[] message = context.unwrap(token, 0, token.length, found);
      if (!found.getPrivacy()) {
        throw refused("it is signed, but not encrypted", null);
      }
      if (!headerCheck().isTrue(token)) {
        throw refused("its header is not the one that was sealed: somebody replays", null);
      }
      checkOrder(found);
      return message;
    } catch (GeneralSecurityException | GSSException | RuntimeException e) {
      throw refused("it was changed, or sealed by another (%s)".formatted(e.getMessage()), e);
    }
  }

  private HeaderCheck headerCheck() throws GSSException, GeneralSecurityException, LoginException {
    if (headers == null) {
      ExtendedGSSContext jdks = (ExtendedGSSContext) context;
      Object key = jdks.inquireSecContext(InquireType.KRB5_GET_SESSION_KEY_EX);
      headers = HeaderCheck.of((EncryptionKey) key);
    }
    return headers;
  }

  /** On one connection the host's messages come one after the other; anything else is foreign. */
  private static void checkOrder(MessageProp found) throws LoginException {
    if (found.isDuplicateToken() || found.isOldToken()) {
      throw refused("it was there before: somebody replays", null);
    }
    if (found.isUnseqToken() || found.isGapToken()) {
      throw refused("one before it is missing", null);
    }
  }

  private static LoginException refused(String why, Exception cause) {
    return new LoginException(
        "Kerberos: a message of the host's was refused: %s; connect again".formatted(why), cause);
  }

  @Override
  public void close() {
    try {
      context.dispose();
    } catch (GSSException e) {
      System.getLogger(SealingContext.class.getName())
          .log(System.Logger.Level.DEBUG, "A Kerberos context could not be disposed of", e);
    }
  }
}
