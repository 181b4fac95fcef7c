package io.psconnect.winrm.internal.auth;

/**
 * A sealed message as MS-WSMV 2.2.9.1 splits it.
 *
 * @param header the signature or token header, whose length precedes it on the wire
 * @param data the encrypted bytes
 */
public record Sealed(byte[] header, byte[] data) {}
