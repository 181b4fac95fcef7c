package io.psconnect.winrm.internal.auth.kerberos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.LoginProblem;
import io.psconnect.winrm.internal.auth.Suspicion;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HostErrorProperties {

  /** Clock skew (37), laid out by hand after RFC 4120, 5.9.1, without the optional fields. */
  private static final byte[] SKEW =
      HexFormat.of()
          .parseHex(
              "604d06092a864886f71201020203007e3e303c"
                  + "a003020105a10302011e"
                  + "a411180f32303236313132373036303030305aa505020300ffff"
                  + "a603020125"
                  + "a9041b025052aa11300fa003020101a10830061b04485454"
                  + "50");

  @Example
  void theCodeIsReadInWords() {
    Suspicion clock = HostError.reason(SKEW).orElseThrow();
    assertEquals(LoginProblem.CLOCK, clock.problem());
    assertTrue(clock.words().contains("the clocks differ too much"), clock.words());
    assertTrue(clock.words().contains("the host's says 2026-11-27T06:00:00Z"), clock.words());
  }

  @Example
  void anUnknownCodeIsANumber() {
    byte[] token = SKEW.clone();
    token[indexOfCode()] = 60;
    assertEquals(
        Optional.of("error 60 of RFC 4120, 7.5.9"), HostError.reason(token).map(Suspicion::words));
  }

  private static int indexOfCode() {
    return HexFormat.of().formatHex(SKEW).indexOf("a603020125") / 2 + 4;
  }

  @Property(tries = 200)
  void aCutErrorIsNone(@ForAll @IntRange(max = 60) int length) {
    if (length <= indexOfCode()) {
      assertEquals(Optional.empty(), HostError.reason(Arrays.copyOf(SKEW, length)));
    }
  }

  /** Whatever it says, it says it: nothing loops, nothing throws. */
  @Property(tries = 500)
  void aChangedErrorIsReadOrNone(
      @ForAll @IntRange(max = 60) int at, @ForAll byte value, @ForAll byte[] tail) {
    byte[] token = Arrays.copyOf(SKEW, at + 1 + tail.length);
    token[at] = value;
    System.arraycopy(tail, 0, token, at + 1, tail.length);
    assertTrue(HostError.reason(token).map(Suspicion::words).orElse("none").length() > 0);
  }
}
