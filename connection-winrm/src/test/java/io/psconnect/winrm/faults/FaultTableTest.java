package io.psconnect.winrm.faults;

import static io.psconnect.ScriptState.MAY_HAVE_RUN;
import static io.psconnect.ScriptState.NOT_STARTED;
import static io.psconnect.testkit.winrm.WinRmOperation.COMMAND;
import static io.psconnect.testkit.winrm.WinRmOperation.CREATE;
import static io.psconnect.testkit.winrm.WinRmOperation.DELETE;
import static io.psconnect.testkit.winrm.WinRmOperation.IDENTIFY;
import static io.psconnect.testkit.winrm.WinRmOperation.RECEIVE;
import static io.psconnect.testkit.winrm.WinRmOperation.SEND;
import static io.psconnect.testkit.winrm.WinRmOperation.SIGNAL;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.psconnect.AuthenticationException;
import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Connections;
import io.psconnect.Phase;
import io.psconnect.QuotaException;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import io.psconnect.testkit.winrm.WinRmFault;
import io.psconnect.testkit.winrm.WinRmHost;
import io.psconnect.testkit.winrm.WinRmOperation;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For each stage and each fault: the type, the state of the script, and that nothing is left. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultTableTest {
  private static final Duration SOON = Duration.ofMillis(700);
  private static final String LOST_SHELL = "2150858843|2150859204|2150859230|2147943418";
  private static final Script ANSWER = Script.of("answer").withTimeout(Duration.ofSeconds(20));

  /** Needs three messages for its input, and all of it. */
  private static final Script READ =
      Script.of("read")
          .withCarrier(Carrier.INLINE)
          .withInput(new byte[1_000_000])
          .withTimeout(Duration.ofSeconds(20));

  /** Needs several answers for its output. */
  private static final Script FLOOD = Script.of("flood").withTimeout(Duration.ofSeconds(20));

  private static final Supplier<FaultyHost> SEALED = named("sealed", FaultyHost::sealed);
  private static final Supplier<FaultyHost> PLAIN = named("plain", FaultyHost::plain);

  private static Supplier<FaultyHost> named(String name, Supplier<FaultyHost> maker) {
    return new Supplier<>() {
      @Override
      public FaultyHost get() {
        return maker.get();
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  @AfterEach
  void noThreadIsLeft() {
    Leaks.requireNone();
  }

  static Stream<Arguments> faultsOfOpening() {
    return Stream.of(
        row(
            SEALED,
            html(200),
            AuthenticationException.class,
            Phase.AUTHENTICATE,
            "proved who it is"),
        row(PLAIN, html(200), ConnectionException.class, Phase.START, "is this WinRM"),
        row(PLAIN, html(404), UnreachableException.class, Phase.CONNECT, "HTTP 404"),
        row(PLAIN, html(403), AuthenticationException.class, Phase.CONNECT, "HTTP 403"),
        row(PLAIN, html(413), ConnectionException.class, Phase.START, "MaxEnvelopeSizekb"),
        row(PLAIN, html(503), ConnectionException.class, Phase.START, "HTTP 503"),
        row(
            PLAIN,
            WinRmFault.endlessAnswer(),
            ConnectionException.class,
            Phase.START,
            "longer than"),
        row(
            PLAIN,
            WinRmFault.brokenXml(),
            ConnectionException.class,
            Phase.START,
            "the host's answer"),
        row(PLAIN, WinRmFault.dtd(), ConnectionException.class, Phase.START, "document type"),
        row(
            SEALED,
            WinRmFault.plaintextAnswer(),
            ConnectionException.class,
            Phase.START,
            "answered in the clear"),
        row(
            SEALED,
            WinRmFault.replayedAnswer(),
            ConnectionException.class,
            Phase.START,
            "repeated"),
        row(SEALED, WinRmFault.cutAfter(0), UnreachableException.class, Phase.AUTHENTICATE, ""),
        row(
            PLAIN,
            WinRmFault.cutAfter(20).at(CREATE),
            ConnectionException.class,
            Phase.START,
            "no whole answer"),
        row(
            PLAIN,
            WinRmFault.cutAfter(400).at(CREATE),
            ConnectionException.class,
            Phase.START,
            "no whole answer"));
  }

  private static WinRmFault html(int status) {
    return WinRmFault.answer(status, "text/html", "<html><body>An appliance</body></html>");
  }

  private static Arguments row(
      Supplier<FaultyHost> host,
      WinRmFault fault,
      Class<? extends ConnectionException> type,
      Phase phase,
      String words) {
    return arguments(host, fault, type, phase, words);
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @MethodSource("faultsOfOpening")
  void hostThatDoesNotOpenSaysWhy(
      Supplier<FaultyHost> maker,
      WinRmFault fault,
      Class<? extends ConnectionException> type,
      Phase phase,
      String words)
      throws Exception {
    try (FaultyHost faulty = maker.get()) {
      try (Connection connection = Connections.of(faulty.options().build())) {
        faulty.host.inject(fault);
        ConnectionException e = assertThrows(ConnectionException.class, connection::open);
        assertRow(type, NOT_STARTED, phase, words, e);
        faulty.host.heal();
      }
      assertEquals(List.of(), faulty.host.commandLines());
    }
  }

  private static void assertRow(
      Class<? extends ConnectionException> type,
      ScriptState state,
      Phase phase,
      String words,
      ConnectionException e) {
    assertAll(
        () -> assertEquals(type, publicType(e.getClass()), e::toString),
        () -> assertEquals(state, e.scriptState(), e::toString),
        () -> assertEquals(phase, e.origin().phase(), e::toString),
        () -> assertTrue(e.getMessage().contains(words), e::getMessage),
        () -> assertFalse(e.getMessage().contains(FaultyHost.PASSWORD), e::getMessage));
  }

  /** What a caller can catch. */
  private static Class<?> publicType(Class<?> type) {
    return type.getPackageName().equals("io.psconnect") ? type : publicType(type.getSuperclass());
  }

  static Stream<Arguments> codes() {
    long[] quotas = {
      0x803381A5L, 0x803381A6L, 0x803381A7L, 0x803381A8L, 0x803381ABL, 0x803381E4L, 0x803381EAL
    };
    long[] denied = {5, 0x80338104L};
    long[] lost = {0x8033805BL, 0x803381C4L, 0x803381DEL, 0x800703FAL};
    long[] refused = {0x80338048L, 0x80338041L};
    long[] unclear = {995, 1223, 170, 0x80338029L, 0x8033801AL, 0x80070057L};
    return Stream.of(
            codes(quotas, QuotaException.class, NOT_STARTED),
            codes(denied, AuthenticationException.class, NOT_STARTED),
            codes(lost, ConnectionException.class, NOT_STARTED),
            codes(refused, ConnectionException.class, NOT_STARTED),
            codes(unclear, SessionDroppedException.class, MAY_HAVE_RUN))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> codes(
      long[] codes, Class<? extends ConnectionException> type, ScriptState state) {
    return Arrays.stream(codes).mapToObj(code -> arguments(code, type, state));
  }

  @ParameterizedTest(name = "Create, {0}: {1}")
  @MethodSource("codes")
  void shellIsRefusedByCode(
      long code, Class<? extends ConnectionException> type, ScriptState ofACommand)
      throws Exception {
    try (FaultyHost faulty = FaultyHost.plain()) {
      try (Connection connection = Connections.of(faulty.options().build())) {
        faulty.host.inject(WinRmFault.fault(CREATE, code));
        ConnectionException e = assertThrows(ConnectionException.class, connection::open);
        Class<? extends ConnectionException> expected =
            ofACommand == MAY_HAVE_RUN ? ConnectionException.class : type;
        assertRow(expected, NOT_STARTED, Phase.START, "" + code, e);
      }
      faulty.requireNothingLeft();
    }
  }

  @ParameterizedTest(name = "Command, {0}: {1}, {2}")
  @MethodSource("codes")
  void commandIsRefusedByCode(
      long code, Class<? extends ConnectionException> type, ScriptState state) throws Exception {
    failsBy(
        FaultyHost::plain, WinRmFault.fault(COMMAND, code), type, state, Phase.START, "" + code);
  }

  private static void failsBy(
      Supplier<FaultyHost> maker,
      WinRmFault fault,
      Class<? extends ConnectionException> type,
      ScriptState state,
      Phase phase,
      String words)
      throws Exception {
    failsBy(maker, ANSWER, fault, type, state, phase, words);
  }

  private static void failsBy(
      Supplier<FaultyHost> maker,
      Script script,
      WinRmFault fault,
      Class<? extends ConnectionException> type,
      ScriptState state,
      Phase phase,
      String words)
      throws Exception {
    try (FaultyHost faulty = maker.get()) {
      try (Connection connection = Connections.of(faulty.options().build())) {
        connection.open();
        inject(fault, faulty.host);
        ConnectionException e =
            assertThrows(ConnectionException.class, () -> connection.runScript(script));
        assertRow(type, state, phase, words, e);
        faulty.host.heal();
        assertEquals(3, connection.runScript(Script.of("answer again")).exitCode());
      }
      faulty.requireNothingLeft();
      assertTrue(faulty.startsOf(script.text()) <= (state == NOT_STARTED ? 0 : 1), "started");
      assertEquals(1, faulty.startsOf("answer again"));
    }
  }

  /** Who says that a shell is lost has lost it. */
  private static void inject(WinRmFault fault, WinRmHost host) {
    if (fault.toString().matches(".*FAULT (%s) at COMMAND.*".formatted(LOST_SHELL))) {
      WinRmFault lost = WinRmFault.shellLost().at(COMMAND);
      host.inject(fault.toString().contains("once") ? lost.once() : lost);
    }
    host.inject(fault);
  }

  static Stream<Long> codesOfReceive() {
    return Stream.of(
        5L,
        995L,
        1223L,
        0x8033805BL,
        0x803381C4L,
        0x803381DEL,
        0x800703FAL,
        0x80338048L,
        0x80338041L,
        0x80338104L,
        0x8033801AL);
  }

  @ParameterizedTest(name = "Receive, {0}")
  @MethodSource("codesOfReceive")
  void outputIsLostByCode(long code) throws Exception {
    failsBy(
        FaultyHost::plain,
        WinRmFault.fault(RECEIVE, code),
        SessionDroppedException.class,
        MAY_HAVE_RUN,
        Phase.RUN,
        "" + code);
  }

  /** What only means "not yet" is asked again. */
  @ParameterizedTest(name = "{0}, {1} once")
  @MethodSource("passingFaults")
  void passingFaultDoesNotHarmACall(WinRmOperation operation, long code) throws Exception {
    succeedsIn(FaultyHost::plain, WinRmFault.fault(operation, code).once());
  }

  static Stream<Arguments> passingFaults() {
    return Stream.of(
        arguments(RECEIVE, 0x80338029L),
        arguments(RECEIVE, 170L),
        arguments(RECEIVE, 0x803381A6L),
        arguments(RECEIVE, 0x803381A7L),
        arguments(SEND, 170L),
        arguments(SEND, 0x803381A6L),
        arguments(SEND, 0x803381A8L),
        arguments(COMMAND, 0x8033805BL),
        arguments(COMMAND, 0x803381C4L),
        arguments(COMMAND, 0x803381DEL),
        arguments(COMMAND, 0x800703FAL),
        arguments(COMMAND, 0x803381A6L),
        arguments(SIGNAL, 5L),
        arguments(SIGNAL, 0x8033805BL),
        arguments(SIGNAL, 0x80338029L));
  }

  private static void succeedsIn(Supplier<FaultyHost> maker, WinRmFault fault) throws Exception {
    try (FaultyHost faulty = maker.get()) {
      try (Connection connection = Connections.of(faulty.options().build())) {
        connection.open();
        inject(fault, faulty.host);
        assertEquals(3, connection.runScript(ANSWER).exitCode());
      }
      faulty.requireNothingLeft();
      assertEquals(1, faulty.startsOf("answer"));
    }
  }

  @Test
  void loginThatRunsOutIsMadeAnewAndTheCommandStartedOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      succeedsIn(FaultyHost::sealed, WinRmFault.unauthorizedInMidLife().once());
    }
  }

  @Test
  void shellThatWasLostBetweenCallsIsReplaced() throws Exception {
    succeedsIn(FaultyHost::plain, WinRmFault.shellLost().at(COMMAND).once());
  }

  static Stream<Arguments> faultsOfCalls() {
    return Stream.of(
        arguments(SEALED, WinRmFault.shellLost().at(RECEIVE).once(), Phase.RUN, "0x8033805B"),
        arguments(SEALED, WinRmFault.noExitCode(), Phase.RUN, "not with what exit code"),
        arguments(SEALED, WinRmFault.brokenBase64(), Phase.RUN, "Base64"),
        arguments(SEALED, WinRmFault.brokenXml().at(RECEIVE), Phase.RUN, "the host's answer"),
        arguments(SEALED, WinRmFault.brokenXml().at(COMMAND), Phase.START, "the host's answer"),
        arguments(PLAIN, WinRmFault.dtd().at(RECEIVE), Phase.RUN, "document type"),
        arguments(PLAIN, WinRmFault.dtd().at(COMMAND), Phase.START, "document type"),
        arguments(PLAIN, WinRmFault.endlessAnswer().at(COMMAND), Phase.START, "longer than"),
        arguments(PLAIN, WinRmFault.endlessAnswer().at(RECEIVE), Phase.RUN, "longer than"),
        arguments(SEALED, WinRmFault.replayedAnswer().at(COMMAND), Phase.START, "repeated"),
        arguments(SEALED, WinRmFault.cutAfter(0).at(COMMAND), Phase.START, "no whole answer"),
        arguments(SEALED, WinRmFault.cutAfter(300).at(COMMAND), Phase.START, "no whole answer"),
        arguments(SEALED, WinRmFault.cutAfter(0).at(RECEIVE), Phase.RUN, "no whole answer"),
        arguments(SEALED, WinRmFault.cutAfter(300).at(RECEIVE), Phase.RUN, "no whole answer"));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faultsOfCalls")
  void callThatFailsMayHaveRun(
      Supplier<FaultyHost> maker, WinRmFault fault, Phase phase, String words) throws Exception {
    failsBy(maker, fault, SessionDroppedException.class, MAY_HAVE_RUN, phase, words);
  }

  static Stream<Arguments> unusableAnswers() {
    return Stream.of(
        arguments(PLAIN, html(200).at(COMMAND), Phase.START, "is this WinRM"),
        arguments(PLAIN, html(200).at(RECEIVE), Phase.RUN, "is this WinRM"),
        arguments(PLAIN, html(503).at(COMMAND), Phase.START, "HTTP 503"),
        arguments(PLAIN, html(503).at(RECEIVE), Phase.RUN, "HTTP 503"),
        arguments(SEALED, WinRmFault.plaintextAnswer().at(COMMAND), Phase.START, "in the clear"),
        arguments(SEALED, WinRmFault.plaintextAnswer().at(RECEIVE), Phase.RUN, "in the clear"));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("unusableAnswers")
  void answerThatIsNotOfWinRmTellsNothing(
      Supplier<FaultyHost> maker, WinRmFault fault, Phase phase, String words) throws Exception {
    failsBy(maker, fault, SessionDroppedException.class, MAY_HAVE_RUN, phase, words);
  }

  /** Of one that comes first on its connection nothing can be repeated; a second one is not. */
  @Test
  void outputThatIsRepeatedLosesTheCall() throws Exception {
    failsBy(
        SEALED,
        FLOOD,
        WinRmFault.replayedAnswer().at(RECEIVE),
        SessionDroppedException.class,
        MAY_HAVE_RUN,
        Phase.RUN,
        "repeated");
  }

  @Test
  void commandThatIsTooLargeForTheHostHasNotStarted() throws Exception {
    byte[] noise = new byte[900];
    new Random(1).nextBytes(noise);
    Script large =
        Script.of("answer # " + HexFormat.of().formatHex(noise)).withCarrier(Carrier.INLINE);
    try (FaultyHost faulty = FaultyHost.plain(host -> host.maxEnvelopeSize(4_000))) {
      try (Connection connection = Connections.of(faulty.options().build())) {
        connection.open();
        ConnectionException e =
            assertThrows(ConnectionException.class, () -> connection.runScript(large));
        assertRow(ConnectionException.class, NOT_STARTED, Phase.START, "MaxEnvelopeSizekb", e);
      }
      faulty.requireNothingLeft();
      assertEquals(List.of(), faulty.host.commandLines());
    }
  }

  /** Whoever gets no input may still end: for a while that is waited for, by all hosts at once. */
  @Test
  void inputThatIsLostLosesTheCall() {
    AtOnce.assertAll(
        Stream.of(
            () -> inputIsLost(PLAIN, WinRmFault.fault(SEND, 5), "Access is denied"),
            () -> inputIsLost(PLAIN, WinRmFault.fault(SEND, 0x8033805BL), "2150858843"),
            () -> inputIsLost(PLAIN, WinRmFault.shellLost().at(SEND).once(), "2150858843"),
            () -> inputIsLost(SEALED, WinRmFault.cutAfter(0).at(SEND), "no whole answer"),
            () -> inputIsLost(SEALED, WinRmFault.cutAfter(300).at(SEND), "no whole answer"),
            () -> inputIsLost(SEALED, WinRmFault.brokenXml().at(SEND), "the host's answer"),
            () -> inputIsLost(PLAIN, WinRmFault.dtd().at(SEND), "document type"),
            () -> inputIsLost(PLAIN, WinRmFault.endlessAnswer().at(SEND), "longer than"),
            () -> inputIsLost(SEALED, WinRmFault.plaintextAnswer().at(SEND), "in the clear"),
            () -> inputIsLost(SEALED, WinRmFault.replayedAnswer().at(SEND), "repeated"),
            () -> inputIsLost(PLAIN, html(200).at(SEND), "is this WinRM"),
            () -> inputIsLost(PLAIN, html(413).at(SEND), "MaxEnvelopeSizekb"),
            () -> inputIsLost(PLAIN, html(503).at(SEND), "HTTP 503")));
  }

  private static void inputIsLost(Supplier<FaultyHost> maker, WinRmFault fault, String words)
      throws Exception {
    try {
      failsBy(maker, READ, fault, SessionDroppedException.class, MAY_HAVE_RUN, Phase.RUN, words);
    } catch (AssertionError e) {
      throw new AssertionError("%s, %s".formatted(maker, fault), e);
    }
  }

  /** Stalls take time, so all hosts stall at once. */
  @Test
  void hostThatStallsIsATimeout() {
    AtOnce.assertAll(
        Stream.of(
            () -> openStalls(IDENTIFY, Phase.CONNECT),
            () -> openStalls(CREATE, Phase.START),
            () -> callStalls(ANSWER, COMMAND, Phase.START),
            () -> callStalls(ANSWER, RECEIVE, Phase.RUN),
            () -> callStalls(READ, SEND, Phase.RUN),
            () -> closeStalls(SIGNAL),
            () -> closeStalls(DELETE)));
  }

  private static void openStalls(WinRmOperation operation, Phase phase) throws Exception {
    try (FaultyHost faulty = FaultyHost.sealed()) {
      faulty.host.inject(WinRmFault.stall(operation));
      try (Connection connection = Connections.of(faulty.options().requestTimeout(SOON).build())) {
        ConnectionException e = assertThrows(ConnectionException.class, connection::open);
        assertRow(ConnectionTimeoutException.class, NOT_STARTED, phase, "700 ms", e);
      }
      Waiting.until(faulty.host::toString, () -> faulty.host.openConnections() == 0);
    }
  }

  private static void callStalls(Script script, WinRmOperation operation, Phase phase)
      throws Exception {
    try (FaultyHost faulty = FaultyHost.sealed()) {
      try (Connection connection = Connections.of(faulty.options().build())) {
        connection.open();
        faulty.host.inject(WinRmFault.stall(operation));
        ConnectionException e =
            assertThrows(
                ConnectionException.class, () -> connection.runScript(script.withTimeout(SOON)));
        assertRow(ConnectionTimeoutException.class, MAY_HAVE_RUN, phase, "700 ms", e);
      }
      faulty.requireNothingLeft();
      assertEquals(1, faulty.startsOf(script.text()));
    }
  }

  private static void closeStalls(WinRmOperation operation) throws Exception {
    try (FaultyHost faulty = FaultyHost.sealed()) {
      try (Connection connection = Connections.of(faulty.options().build())) {
        connection.open();
        faulty.host.inject(WinRmFault.stall(operation));
        assertEquals(3, connection.runScript(ANSWER).exitCode());
      }
      faulty.requireNothingLeft();
    }
  }
}
