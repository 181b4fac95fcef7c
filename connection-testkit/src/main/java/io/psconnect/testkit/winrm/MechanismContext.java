package io.psconnect.testkit.winrm;

/** A mechanism's login, which SPNEGO may carry. */
interface MechanismContext extends HostContext {
  /** Whether {@code sign} and {@code verify} can be used, once the login is established. */
  boolean canSign();

  byte[] sign(byte[] message) throws RefusedLogin;

  void verify(byte[] message, byte[] signature) throws RefusedLogin;

  /** SPNEGO has signed and verified what it had to; what comes now is the application's. */
  void rewind();
}
