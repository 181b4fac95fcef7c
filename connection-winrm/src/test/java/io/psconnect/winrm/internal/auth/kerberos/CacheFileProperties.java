package io.psconnect.winrm.internal.auth.kerberos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Caches that kinit has made are read in KerberosClocksTest. */
class CacheFileProperties {
  private static final Instant END = Instant.parse("2026-11-27T06:00:00Z");
  private static final byte[] CACHE = cache();

  /** Laid out by hand after MIT's description of the format. */
  private static byte[] cache() {
    ByteBuffer file = ByteBuffer.allocate(4096);
    file.putShort((short) 0x0504).putShort((short) 12);
    file.putShort((short) 1).putShort((short) 8).putLong(0); // the offset of the KDC's clock
    principal(file, "ann");
    ticket(file, "X-CACHECONF:", 0, "krb5_ccache_conf_data", "pa_type");
    ticket(file, "R", END.getEpochSecond(), "krbtgt", "R");
    ticket(file, "R", END.getEpochSecond() + 60, "HTTP", "host");
    return Arrays.copyOf(file.array(), file.position());
  }

  private static void ticket(ByteBuffer file, String realm, long end, String... server) {
    principal(file, "ann");
    file.putInt(1).putInt(server.length);
    data(file, realm);
    for (String part : server) {
      data(file, part);
    }
    file.putShort((short) 18);
    data(file, "0123456789abcdef0123456789abcdef");
    file.putInt(1).putInt(2).putInt((int) end).putInt(0).put((byte) 0).putInt(0);
    file.putInt(1).putShort((short) 2);
    data(file, "addr");
    file.putInt(0);
    data(file, "the ticket");
    data(file, "");
  }

  private static void principal(ByteBuffer file, String name) {
    file.putInt(1).putInt(1);
    data(file, "R");
    data(file, name);
  }

  private static void data(ByteBuffer file, String text) {
    file.putInt(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Optional<CacheFile> read(byte[] bytes) {
    return CacheFile.read(ByteBuffer.wrap(bytes));
  }

  @Example
  void theEndIsThatOfTheTicketThatGrantsTickets() {
    assertEquals(Optional.of(new CacheFile("ann@R", END)), read(CACHE));
  }

  /** A cut between two tickets is not seen. */
  @Property(tries = 600)
  void aCutFileIsOfNobodyElseAndEndsAtNoOtherTime(@ForAll @IntRange(max = 599) int length) {
    Optional<CacheFile> found = read(Arrays.copyOf(CACHE, Math.min(length, CACHE.length)));
    assertTrue(found.filter(cache -> !cache.equals(new CacheFile("ann@R", END))).isEmpty());
  }

  /** Whatever it says, it says it: nothing loops, nothing throws. */
  @Property(tries = 500)
  void aChangedFileIsReadOrNone(
      @ForAll @IntRange(max = 400) int at, @ForAll int value, @ForAll byte[] tail) {
    byte[] file = Arrays.copyOf(CACHE, CACHE.length + tail.length);
    ByteBuffer.wrap(file).putInt(Math.min(at, CACHE.length - 4), value);
    System.arraycopy(tail, 0, file, CACHE.length, tail.length);
    assertTrue(read(file).map(CacheFile::user).orElse("none").length() > 0);
  }
}
