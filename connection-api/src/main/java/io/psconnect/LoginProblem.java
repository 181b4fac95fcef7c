package io.psconnect;

/** What stands between us and a host that has not let us in. */
public enum LoginProblem {
  /**
   * The user, what proves who they are, their rights, or the way to log in: whatever is none of the
   * others.
   */
  CREDENTIALS,

  /** Kerberos: the host's principal (SPN) is unknown, or belongs to another account. */
  SPN,

  /** Kerberos: the clocks differ too much. */
  CLOCK,

  /** The host does not take a login of this kind in the clear. */
  UNENCRYPTED
}
