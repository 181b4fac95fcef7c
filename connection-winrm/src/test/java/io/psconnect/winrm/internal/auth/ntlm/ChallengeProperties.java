package io.psconnect.winrm.internal.auth.ntlm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.SecurityContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a host sends: it is answered or refused, and nothing else happens. */
class ChallengeProperties {
  @Property(tries = 500)
  void bytesAreRefusedOrAnswered(@ForAll("anything") byte[] token) throws LoginException {
    refusesOrAnswers(token);
  }

  @Property(tries = 2000)
  void damagedChallengesAreRefusedOrAnswered(@ForAll("damaged") byte[] token)
      throws LoginException {
    refusesOrAnswers(token);
  }

  /** Only the checked exception is caught: any other fails the property. */
  private static void refusesOrAnswers(byte[] token) throws LoginException {
    try (NtlmLogin login = new NtlmLogin("Domain", "User", "Password".toCharArray());
        SecurityContext context = login.begin(Optional.empty())) {
      context.next(new byte[0]);
      boolean answered;
      try {
        answered = context.next(token).length > 0;
      } catch (LoginException e) {
        answered = false;
      }
      assertEquals(answered, context.isEstablished());
    }
  }

  @Provide
  Arbitrary<byte[]> anything() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    int size = Challenge.specified().length;
    Arbitrary<List<Integer>> places =
        Arbitraries.integers().between(8, size - 1).list().ofMinSize(1).ofMaxSize(4);
    Arbitrary<Byte> value = Arbitraries.bytes();
    Arbitrary<Integer> length =
        Arbitraries.oneOf(Arbitraries.just(size), Arbitraries.integers().between(0, size + 20));
    return Combinators.combine(places, value, length).as(ChallengeProperties::damage);
  }

  private static byte[] damage(List<Integer> places, byte value, int length) {
    byte[] challenge = Challenge.specified();
    places.forEach(place -> challenge[place] = value);
    return Arrays.copyOf(challenge, length);
  }
}
