package io.psconnect.ssh.internal.auth;

import io.psconnect.spi.Deadline;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import javax.security.auth.DestroyFailedException;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.u2f.SecurityKeyPublicKey;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;

/** A key or a certificate that the server is offered, and that signs if the server likes it. */
abstract class Offer implements PublicKeyIdentity {
  /** How users' keys sign: never with SHA-1, and whatever a session takes from hosts' keys. */
  static final List<NamedFactory<Signature>> SIGNATURES =
      List.of(
          BuiltinSignatures.ed25519_cert,
          BuiltinSignatures.nistp256_cert,
          BuiltinSignatures.nistp384_cert,
          BuiltinSignatures.nistp521_cert,
          BuiltinSignatures.rsaSHA512_cert,
          BuiltinSignatures.rsaSHA256_cert,
          BuiltinSignatures.ed25519,
          BuiltinSignatures.nistp256,
          BuiltinSignatures.nistp384,
          BuiltinSignatures.nistp521,
          BuiltinSignatures.sk_ssh_ed25519,
          BuiltinSignatures.sk_ecdsa_sha2_nistp256,
          BuiltinSignatures.rsaSHA512,
          BuiltinSignatures.rsaSHA256);

  private final String source;
  private final KeyPair pair;

  private Offer(String source, PublicKey offered, PrivateKey key) {
    this.source = source;
    this.pair = new KeyPair(offered, key);
  }

  /** What the caller's own key signs. */
  static Offer ofKey(String source, PublicKey offered, PrivateKey key) {
    return new OwnKey(source, offered, key);
  }

  /**
   * What a key of the agent signs.
   *
   * @param offered the key, or a certificate of it
   * @param blob what the agent knows the key by
   */
  static Offer ofAgent(
      String source, PublicKey offered, KeyAgent agent, byte[] blob, Deadline deadline) {
    return new AgentKey(source, offered, agent, blob, deadline);
  }

  @Override
  public final KeyPair getKeyIdentity() {
    return pair;
  }

  final PublicKey offered() {
    return pair.getPublic();
  }

  /** Wipes the private key, if it is here and can be wiped: those of JDK 17 to 25 cannot. */
  final void destroy() {
    PrivateKey key = pair.getPrivate();
    try {
      if (key != null) {
        key.destroy();
      }
    } catch (DestroyFailedException e) {
      // The garbage collector will have to do.
    }
  }

  /** For instance {@code key /home/me/.ssh/id_ed25519 (ssh-ed25519 SHA256:...)}. */
  @Override
  public final String toString() {
    return "%s (%s)".formatted(source, description(offered()));
  }

  static String description(PublicKey key) {
    PublicKey plain = key instanceof OpenSshCertificate ours ? ours.getCertPubKey() : key;
    return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(plain);
  }

  private static final class OwnKey extends Offer {
    OwnKey(String source, PublicKey offered, PrivateKey key) {
      super(source, offered, key);
    }

    @Override
    public Map.Entry<String, byte[]> sign(SessionContext session, String algorithm, byte[] data)
        throws Exception {
      Signature signature =
          NamedResource.findByName(algorithm, String.CASE_INSENSITIVE_ORDER, SIGNATURES).create();
      signature.initSigner(session, getKeyIdentity().getPrivate());
      signature.update(session, data);
      return Map.entry(algorithm, signature.sign(session));
    }
  }

  private static final class AgentKey extends Offer {
    private final KeyAgent agent;
    private final byte[] blob;
    private final Deadline deadline;

    AgentKey(String source, PublicKey offered, KeyAgent agent, byte[] blob, Deadline deadline) {
      super(source, offered, null);
      this.agent = agent;
      this.blob = blob;
      this.deadline = deadline;
    }

    @Override
    public Map.Entry<String, byte[]> sign(SessionContext session, String algorithm, byte[] data)
        throws UnusableCredentialException {
      try {
        return signed(algorithm, data);
      } catch (IOException | BufferException e) {
        throw new UnusableCredentialException("the agent did not sign: " + e.getMessage());
      }
    }

    private Map.Entry<String, byte[]> signed(String algorithm, byte[] data) throws IOException {
      Buffer answer = agent.sign(blob, data, flags(algorithm), deadline);
      String expected = KeyUtils.getSignatureAlgorithm(algorithm, offered());
      String made = answer.getString();
      if (!made.equals(expected)) {
        throw new IOException("it signed by %s, not by %s".formatted(made, expected));
      }
      boolean securityKey = offered() instanceof SecurityKeyPublicKey;
      return Map.entry(algorithm, securityKey ? answer.getCompactData() : answer.getBytes());
    }

    private static int flags(String algorithm) {
      if (algorithm.startsWith("rsa-sha2-512")) {
        return 4;
      }
      return algorithm.startsWith("rsa-sha2-256") ? 2 : 0;
    }
  }
}
