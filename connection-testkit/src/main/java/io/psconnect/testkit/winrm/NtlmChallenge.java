package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** The host's message (MS-NLMP 2.2.1.2). */
record NtlmChallenge(NtlmFlags flags, byte[] nonce, byte[] bytes) {
  private static final Instant FILETIME_ZERO = Instant.parse("1601-01-01T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int PAYLOAD = 56;

  /** Windows Server 2022's version, and NTLMSSP_REVISION_W2K3. */
  private static final byte[] VERSION = {10, 0, 0x7c, 0x4f, 0, 0, 0, 15};

  static NtlmChallenge to(NtlmFlags asked) throws RefusedLogin {
    byte[] nonce = new byte[8];
    RANDOM.nextBytes(nonce);
    NtlmFlags flags = asked.offered();
    return new NtlmChallenge(flags, nonce, message(flags, nonce));
  }

  private static byte[] message(NtlmFlags flags, byte[] nonce) {
    byte[] name = "PSHOST".getBytes(StandardCharsets.UTF_16LE);
    byte[] info = targetInfo().bytes();
    ByteBuffer message = ByteBuffer.allocate(PAYLOAD + name.length + info.length);
    message.order(ByteOrder.LITTLE_ENDIAN);
    message.put(NtlmMessage.signature()).putInt(NtlmMessage.CHALLENGE);
    putField(message, name.length, PAYLOAD);
    message.putInt(flags.bits()).put(nonce).putLong(0);
    putField(message, info.length, PAYLOAD + name.length);
    message.put(flags.has(NtlmFlags.VERSION) ? VERSION : new byte[VERSION.length]);
    return message.put(name).put(info).array();
  }

  private static void putField(ByteBuffer message, int length, int offset) {
    message.putShort((short) length).putShort((short) length).putInt(offset);
  }

  private static AvPairs targetInfo() {
    return new AvPairs()
        .with(AvPairs.NB_DOMAIN_NAME, "PSHOST")
        .with(AvPairs.NB_COMPUTER_NAME, "PSHOST")
        .with(AvPairs.DNS_DOMAIN_NAME, "pshost.test")
        .with(AvPairs.DNS_COMPUTER_NAME, "pshost.test")
        .with(AvPairs.TIMESTAMP, filetime(Instant.now()));
  }

  private static byte[] filetime(Instant instant) {
    Duration since = Duration.between(FILETIME_ZERO, instant);
    long ticks = since.toSeconds() * 10_000_000 + since.toNanosPart() / 100;
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(ticks).array();
  }
}
