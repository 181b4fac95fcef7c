package io.psconnect.winrm.internal;

import io.psconnect.winrm.WinRmAuth;
import io.psconnect.winrm.WinRmOptions;
import io.psconnect.winrm.internal.http.TlsSettings;
import io.psconnect.winrm.internal.http.TlsSettings.ClientCertificate;
import java.util.Optional;
import java.util.Set;

/** Which hosts are believed, and what is shown to them. */
final class Tls {
  private Tls() {}

  /** Empty over HTTP. */
  static Optional<TlsSettings> of(WinRmOptions options) {
    return options.https()
        ? Optional.of(new TlsSettings(trust(options), clientCertificate(options)))
        : Optional.empty();
  }

  private static TlsSettings.Trust trust(WinRmOptions options) {
    if (options.acceptsAnyCertificate()) {
      return new TlsSettings.NoCheck();
    }
    if (!options.certificateFingerprints().isEmpty()) {
      return new TlsSettings.PinTrust(Set.copyOf(options.certificateFingerprints()));
    }
    return options
        .caBundle()
        .<TlsSettings.Trust>map(TlsSettings.BundleTrust::new)
        .orElseGet(TlsSettings.JdkTrust::new);
  }

  private static Optional<ClientCertificate> clientCertificate(WinRmOptions options) {
    if (options.auth() != WinRmAuth.CERTIFICATE) {
      return Optional.empty();
    }
    return Optional.of(
        new ClientCertificate(
            options.clientCertificate().orElseThrow(),
            options.clientKey().orElseThrow(),
            options.passphrase()));
  }
}
