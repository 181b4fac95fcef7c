package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import java.util.HashMap;
import java.util.Map;
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
final class BoundContext extends KerberosContext {
  private static final String BINDING = "jdk.internal.sasl.tlschannelbinding";

  private final SaslClient client;
  private boolean established;

  private BoundContext(Subject user, KerberosSettings settings, SaslClient client) {
    super(user, settings);
    this.client = client;
  }

  /** SASL makes the host's principal of a service and a name, and leaves no place for a realm. */
  static boolean isPossible(KerberosSettings settings) {
    return !settings.spn().contains("@");
  }

  static BoundContext begin(Subject user, KerberosSettings settings, byte[] binding)
      throws LoginException {
    SaslClient client = doAs(user, settings, () -> client(settings, binding));
    return new BoundContext(user, settings, client);
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
  byte[] first() throws SaslException {
    return client.evaluateChallenge(new byte[0]);
  }

  /** SASL answers with nothing, which is not null. */
  @Override
  byte[] answer(byte[] token) throws SaslException {
    established = client.evaluateChallenge(token) != null;
    return new byte[0];
  }

  @Override
  public boolean isEstablished() {
    return established;
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
  void dispose() throws SaslException {
    client.dispose();
  }
}
