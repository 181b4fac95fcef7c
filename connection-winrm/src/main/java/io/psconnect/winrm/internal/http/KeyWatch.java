package io.psconnect.winrm.internal.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Notes whether the host asks for a client certificate, with which there may be none to show. */
final class KeyWatch extends X509ExtendedKeyManager {
  private final Optional<X509ExtendedKeyManager> keys;
  private volatile boolean wasAsked;

  KeyWatch(Optional<X509ExtendedKeyManager> keys) {
    this.keys = keys;
  }

  /** Some hosts ask, and do not mind if there is none. */
  boolean wasAsked() {
    return wasAsked;
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    wasAsked = true;
    return keys.map(k -> k.chooseClientAlias(types, issuers, socket)).orElse(null);
  }

  @Override
  public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
    wasAsked = true;
    return keys.map(k -> k.chooseEngineClientAlias(types, issuers, engine)).orElse(null);
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return keys.map(k -> k.getClientAliases(type, issuers)).orElse(null);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return keys.map(k -> k.getCertificateChain(alias)).orElse(null);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return keys.map(k -> k.getPrivateKey(alias)).orElse(null);
  }

  /** This is no server. */
  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return null;
  }

  /** This is no server. */
  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return null;
  }
}
