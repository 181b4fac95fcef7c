package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever bytes come, the host lets nobody in by them, and refuses in one way alone. */
class HostTokenProperties {
  private static final String NEGOTIATE =
      "4e544c4d5353500001000000378208e200000000000000000000000000000000060200000000000f";
  private static final String IN_SPNEGO =
      "604806062b0601050502a03e303ca00e300c060a2b06010401823702020aa22a0428" + NEGOTIATE;
  private static final String AUTHENTICATE =
      "4e544c4d5353500003000000180018006c00000054005400840000000c000c00480000000800080054000000"
          + "100010005c00000010001000d8000000358288e20501280a0000000f44006f006d00610069006e005500"
          + "73006500720043004f004d005000550054004500520086c35097ac9cec102554764a57cccc19aaaaaaaa"
          + "aaaaaaaa68cd0ab851e51c96aabc927bebef6a1c01010000000000000000000000000000aaaaaaaaaaaa"
          + "aaaa0000000002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000"
          + "00000000c5dad2544fc9799094ce1ce90bc9d03e";
  private static final String ANSWER_IN_SPNEGO = "a181f13081eea281eb0481e8" + AUTHENTICATE;

  private final NtlmHostLogin login =
      new NtlmHostLogin(Map.of("User", "Password".toCharArray())).allowNoMic();

  @Property
  void noTokensAreLetIn(@ForAll("tokens") byte[] first, @ForAll("tokens") byte[] second) {
    try (HostContext host = login.begin(Optional.empty())) {
      host.accept(first);
      host.accept(second);
      assertFalse(host.isEstablished());
    } catch (RefusedLogin expected) {
      assertFalse(expected.getMessage().isEmpty());
    }
  }

  @Property
  void noSecondTokenIsLetIn(@ForAll boolean bare, @ForAll("tokens") byte[] second)
      throws RefusedLogin {
    try (HostContext host = login.begin(Optional.empty())) {
      host.accept(HexFormat.of().parseHex(bare ? NEGOTIATE : IN_SPNEGO));
      try {
        host.accept(second);
        assertFalse(host.isEstablished());
      } catch (RefusedLogin expected) {
        assertFalse(expected.getMessage().isEmpty());
      }
    }
  }

  @Provide
  Arbitrary<byte[]> tokens() {
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    Arbitrary<String> seeds = Arbitraries.of(NEGOTIATE, IN_SPNEGO, AUTHENTICATE, ANSWER_IN_SPNEGO);
    Arbitrary<List<Integer>> places = Arbitraries.integers().between(0, 300).list().ofMaxSize(4);
    Arbitrary<Integer> cuts =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(Integer.MAX_VALUE)),
            Tuple.of(1, Arbitraries.integers().between(0, 300)));
    Arbitrary<byte[]> damaged =
        Combinators.combine(seeds, places, Arbitraries.bytes(), cuts)
            .as(HostTokenProperties::damaged);
    return Arbitraries.oneOf(any, damaged);
  }

  private static byte[] damaged(String seed, List<Integer> places, byte change, int cut) {
    byte[] bytes = HexFormat.of().parseHex(seed);
    places.forEach(place -> bytes[place % bytes.length] ^= change);
    return Arrays.copyOf(bytes, Math.min(cut, bytes.length));
  }
}
