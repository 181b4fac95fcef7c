package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import io.psconnect.winrm.internal.auth.SecurityContext;
import io.psconnect.winrm.internal.auth.Suspicion;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;

/**
 * A login that is bound to the TLS channel below it (RFC 5929), and seals nothing: TLS does.
 *
 * <p>What a host compares is the MD5 hash of the bindings of RFC 2744, 3.11, with the addresses'
 * types. For lack of an address Windows and MIT write type 0, unspecified, but JGSS writes 255, so
 * that the hash differs, and Windows refuses a wrong hash even where it demands none. The JDK does
 * it right for LDAP over TLS alone (JDK-8245527), whose SASL client takes the application data as a
 * property. The first two tokens of SASL's GSSAPI are GSS-API's own (RFC 4752, 3.1), so that client
 * is used for these. Should a JDK to come not know the property, there is no binding, which hosts
 * accept unless they are told to demand one.
 */
final class BoundContext implements SecurityContext {
  private static final String BINDING = "jdk.internal.sasl.tlschannelbinding";

  private final Subject user;
  private final KerberosSettings settings;
  private final SaslClient client;
  private boolean begun;
  private boolean established;

  private BoundContext(Subject user, KerberosSettings settings, SaslClient client) {
    this.user = user;
    this.settings = settings;
    this.client = client;
  }

  /** SASL makes the host's principal of a service and a name, and leaves no place for a realm. */
  static boolean isPossible(KerberosSettings settings) {
    return !settings.spn().contains("@");
  }

  static BoundContext begin(Subject user, KerberosSettings settings, byte[] binding)
      throws LoginException {
    PrivilegedExceptionAction<SaslClient> made = () -> client(settings, binding);
    try {
      return new BoundContext(user, settings, Subject.doAs(user, made));
    } catch (PrivilegedActionException e) {
      throw KerberosErrors.ofHost(e.getCause(), settings);
    }
  }

  private static SaslClient client(KerberosSettings settings, byte[] binding)
      throws SaslException, GSSException {
    String[] spn = settings.spn().split("/", 2);
    Map<String, Object> properties = new HashMap<>();
    properties.put(Sasl.SERVER_AUTH, "true");
    properties.put(BINDING, binding);
    if (settings.delegation()) { // Who hands over credentials wants them delegated.
      properties.put(Sasl.CREDENTIALS, initiator());
    }
    SaslClient client =
        Sasl.createSaslClient(new String[] {"GSSAPI"}, null, spn[0], spn[1], properties, null);
    if (client == null) {
      throw new SaslException("this JVM has no GSSAPI; add the module jdk.security.jgss to it");
    }
    return client;
  }

  private static GSSCredential initiator() throws GSSException {
    return GSSManager.getInstance()
        .createCredential(
            null,
            GSSCredential.DEFAULT_LIFETIME,
            Mechanism.kerberos(),
            GSSCredential.INITIATE_ONLY);
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
    if (established) {
      Mechanism.expectNone(token);
      return token;
    }
    return answer(token);
  }

  private byte[] first() throws LoginException {
    PrivilegedExceptionAction<byte[]> step = () -> client.evaluateChallenge(new byte[0]);
    try {
      return Subject.doAs(user, step);
    } catch (PrivilegedActionException e) {
      throw KerberosErrors.ofHost(e.getCause(), settings);
    }
  }

  /** Reads the host's proof (AP-REP); SASL answers it with nothing, which is not null. */
  private byte[] answer(byte[] token) throws LoginException {
    try {
      established = client.evaluateChallenge(token) != null;
    } catch (SaslException | RuntimeException e) {
      throw KerberosErrors.ofToken(e, token, settings);
    }
    return new byte[0];
  }

  @Override
  public boolean isEstablished() {
    return established;
  }

  @Override
  public Suspicion suspicion(Optional<Instant> hostsTime) {
    return KerberosErrors.suspicion(hostsTime, settings);
  }

  @Override
  public Sealed seal(byte[] message) throws LoginException {
    throw notSealed();
  }

  @Override
  public byte[] unseal(Sealed sealed) throws LoginException {
    throw notSealed();
  }

  private static LoginException notSealed() {
    return new LoginException(
        "Kerberos: over HTTPS messages are not sealed; send them as is", null);
  }

  @Override
  public void close() {
    try {
      client.dispose();
    } catch (SaslException e) {
      System.getLogger(BoundContext.class.getName())
          .log(System.Logger.Level.DEBUG, "A Kerberos context could not be disposed of", e);
    }
  }
}
