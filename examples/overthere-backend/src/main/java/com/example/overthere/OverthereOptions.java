package com.example.overthere;

import com.xebialabs.overthere.ConnectionOptions;

/** An Overthere protocol and its own options, and the path of PowerShell on the host. */
public record OverthereOptions(String protocol, ConnectionOptions options, String powerShell)
    implements io.psconnect.ConnectionOptions {
  static final String BACKEND = "overthere";

  @Override
  public String backend() {
    return BACKEND;
  }

  /** Overthere's own text leaves passwords out; this leaves everything out but the protocol. */
  @Override
  public String toString() {
    return "OverthereOptions[%s]".formatted(protocol);
  }
}
