package io.psconnect.testkit.winrm;

import java.util.List;
import java.util.Optional;

/** A mechanism of GSS-API, offered by itself or within SPNEGO. Safe for many threads. */
interface HostMechanism {
  String SPNEGO = "2b0601050502";

  /** The names it goes by in SPNEGO: the bodies of the encoded OIDs, in hexadecimal digits. */
  List<String> oids();

  /** Whether a first token is one of its own, outside SPNEGO. */
  boolean owns(byte[] token);

  MechanismContext start(Optional<byte[]> channelBinding);
}
