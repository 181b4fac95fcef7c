package io.psconnect.ssh.internal.trust;

import io.psconnect.ssh.internal.route.Wildcard;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/** A host key signed by an authority, see OpenSSH's PROTOCOL.certkeys. */
record HostCertificate(OpenSshCertificate certificate) {

  HostKey authority() {
    return HostKey.of(certificate.getCaPubKey());
  }

  PublicKey key() {
    return certificate.getCertPubKey();
  }

  /**
   * Judges the certificate, but not its authority.
   *
   * @param host the name that is connected to, in lower case
   * @return why it does not hold; empty if it does
   */
  Optional<String> flaw(String host) {
    if (certificate.getType() != OpenSshCertificate.Type.HOST) {
      return Optional.of("it is a user's, not a host's");
    }
    Optional<String> time = CertificateTime.flaw(certificate);
    if (time.isPresent()) {
      return time;
    }
    if (certificate.getPrincipals().stream().noneMatch(name -> Wildcard.matches(name, host))) {
      return Optional.of("it is for %s only".formatted(certificate.getPrincipals()));
    }
    if (!certificate.getCriticalOptions().isEmpty()) {
      return Optional.of("its critical options are not known");
    }
    return signatureFlaw();
  }

  /** The parser has not looked into the signature, so it may be anything. */
  private Optional<String> signatureFlaw() {
    try {
      String algorithm = certificate.getSignatureAlgorithm();
      if (new HostKeyAlgorithm(algorithm).isObsolete()) {
        return Optional.of("it is signed with SHA-1, which can be forged");
      }
      return isSignedWith(algorithm) ? Optional.empty() : Optional.of("its signature is wrong");
    } catch (Exception e) {
      return Optional.of("its signature cannot be checked");
    }
  }

  private boolean isSignedWith(String algorithm) throws Exception {
    PublicKey authority = certificate.getCaPubKey();
    if (!KeyUtils.getCanonicalKeyType(algorithm).equals(KeyUtils.getKeyType(authority))) {
      return false;
    }
    Signature verifier = NamedFactory.create(BuiltinSignatures.VALUES, algorithm);
    verifier.initVerifier(null, authority);
    verifier.update(null, certificate.getMessage());
    return verifier.verify(null, certificate.getSignature());
  }

  @Override
  public String toString() {
    return "host certificate '%s'".formatted(certificate.getId());
  }
}
