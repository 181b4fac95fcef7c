package io.psconnect.winrm.internal;

import static io.psconnect.winrm.internal.ShellFaultsTest.cut;
import static io.psconnect.winrm.internal.ShellFaultsTest.fault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.winrm.faults.AtOnce;
import io.psconnect.winrm.faults.Leaks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong while several receivers take one file: it is told, the target is as it was, and
 * nothing is left. A process that gets no more input is waited for, so all copies go at once.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CopyFaultsTest {
  /**
   * Seven blocks, for four receivers. A message takes three quarters of a block at most, so that at
   * least two are neither the first of a receiver's nor the last.
   */
  private static final byte[] CONTENT = new byte[7 << 19];

  private static final byte[] OLD = "what was there".getBytes(StandardCharsets.UTF_8);
  private static final PlayedHost.Trouble CUT = cut(ScriptState.MAY_HAVE_RUN);
  private static final long NOT_READ_IN_TIME = 2150858793L;

  private final AtomicInteger copies = new AtomicInteger();
  private Path folder;
  private Path source;

  @BeforeEach
  void makeSource(@TempDir Path temporary) throws IOException {
    folder = temporary;
    new Random(7).nextBytes(CONTENT);
    source = Files.write(folder.resolve("source"), CONTENT);
  }

  @AfterEach
  void noThreadIsLeft() {
    Leaks.requireNone();
  }

  /** One copy on a host of its own. */
  private final class Copying {
    private final CountDownLatch over = new CountDownLatch(1);
    final PlayedHost host;
    final Path target;
    private final String name;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    Copying(String name) throws IOException {
      this.name = name;
      Path there = Files.createDirectory(folder.resolve("" + copies.incrementAndGet()));
      target = Files.write(there.resolve("target"), OLD);
      host = new PlayedHost(PlayedReceiver.to(target)).withoutTexts();
    }

    /** Instead of the host's acting on the nth of these messages. */
    Copying before(Predicate<PlayedHost.Request> these, int nth, PlayedHost.Trouble trouble) {
      host.before(nth(these, nth, trouble));
      return this;
    }

    /** Instead of its answering it. */
    Copying after(Predicate<PlayedHost.Request> these, int nth, PlayedHost.Trouble trouble) {
      host.after(nth(these, nth, trouble));
      return this;
    }

    private PlayedHost.Trouble nth(
        Predicate<PlayedHost.Request> these, int nth, PlayedHost.Trouble trouble) {
      AtomicInteger count = new AtomicInteger();
      return request ->
          these.test(request) && count.incrementAndGet() == nth ? trouble.at(request) : null;
    }

    Predicate<PlayedHost.Request> of(String operation, int receiver) {
      return request ->
          request.operation().equals(operation)
              && host.commands().size() > receiver
              && request.text().contains(host.commands().get(receiver).id());
    }

    /** Neither the first to its receiver nor the last. */
    Predicate<PlayedHost.Request> inTheMidst() {
      return request ->
          request.operation().equals("Send")
              && !begun.add(request.text().replaceAll("(?s).*CommandId=\"([^\"]*)\".*", "$1"))
              && !isEnd(request);
    }

    Predicate<PlayedHost.Request> lastOfAll() {
      return request -> of("Send", 0).test(request) && isEnd(request);
    }

    /** No answer before the copy is given up. */
    PlayedHost.Trouble silence() {
      return request -> {
        over.await();
        return null;
      };
    }

    private static boolean isEnd(PlayedHost.Request request) {
      return request.text().contains("End=\"true\"");
    }

    void fails(Class<? extends ConnectionException> type, String words) throws Exception {
      requireFailure(type, words, failure(FileCopy.of(source, target.toString())));
    }

    void timesOut() throws Exception {
      FileCopy copy = FileCopy.of(source, target.toString()).withTimeout(Duration.ofMillis(700));
      requireFailure(ConnectionTimeoutException.class, "700 ms", failure(copy));
    }

    private ConnectionException failure(FileCopy copy) throws Exception {
      try (Connection connection = WinRmTransportTest.connection(host)) {
        connection.open();
        return assertThrows(ConnectionException.class, () -> connection.streamFile(copy), name);
      } finally {
        over.countDown();
      }
    }

    private void requireFailure(
        Class<? extends ConnectionException> type, String words, ConnectionException e)
        throws Exception {
      assertEquals(type, e.getClass(), () -> name + ": " + e);
      assertTrue(e.getMessage().contains(words), () -> name + ": " + e.getMessage());
      requireNothingLeft();
      assertArrayEquals(OLD, Files.readAllBytes(target), name);
      assertEquals(Set.of(), temporaryFiles(), () -> name + ": " + e);
    }

    void succeeds() throws Exception {
      try (Connection connection = WinRmTransportTest.connection(host)) {
        connection.open();
        connection.streamFile(FileCopy.of(source, target.toString()));
      }
      requireNothingLeft();
      assertArrayEquals(CONTENT, Files.readAllBytes(target), name);
      assertEquals(Set.of(), temporaryFiles(), name);
    }

    private void requireNothingLeft() throws Exception {
      assertEquals(0, host.openShells(), name);
      for (PlayedCommand command : host.commands()) {
        assertTrue(command.awaitEnd(), () -> name + ": it still runs");
      }
    }

    private Set<Path> temporaryFiles() throws IOException {
      try (Stream<Path> files = Files.list(target.getParent())) {
        return files.filter(file -> !file.equals(target)).collect(Collectors.toSet());
      }
    }
  }

  private Executable lost(String name, Arrangement trouble, String words) {
    return () -> trouble.of(new Copying(name)).fails(SessionDroppedException.class, words);
  }

  private interface Arrangement {
    Copying of(Copying copying) throws Exception;
  }

  private static PlayedHost.Trouble noAnswerInTime() {
    return request -> {
      throw new ConnectionTimeoutException(
          new Origin("winrm", "played", Phase.RUN),
          ScriptState.MAY_HAVE_RUN,
          Termination.UNCONFIRMED,
          "the host was silent");
    };
  }

  private static PlayedHost.Trouble lostShells(PlayedHost host) {
    return request -> {
      host.loseShells();
      return null;
    };
  }

  @Test
  void aSendThatFailsIsNeverPassedOver() {
    Stream<Executable> firsts =
        Stream.of(0, 1, 2, 3)
            .map(
                number ->
                    lost(
                        "the first to receiver " + number,
                        copy -> copy.before(copy.of("Send", number), 1, CUT),
                        "was cut"));
    Stream<Executable> others =
        Stream.of(
            lost("cut", copy -> copy.before(copy.inTheMidst(), 1, CUT), "was cut"),
            lost("cut later", copy -> copy.before(copy.inTheMidst(), 2, CUT), "was cut"),
            lost("answer cut", copy -> copy.after(copy.inTheMidst(), 1, CUT), "was cut"),
            lost("end cut", copy -> copy.before(copy.lastOfAll(), 1, CUT), "or the new file"),
            lost(
                "denied", copy -> copy.before(copy.inTheMidst(), 1, fault(5)), "Words of the host"),
            lost("no answer", copy -> copy.after(copy.inTheMidst(), 1, noAnswerInTime()), "silent"),
            lost(
                "shells lost",
                copy -> copy.before(copy.inTheMidst(), 1, lostShells(copy.host)),
                "by fault"),
            () -> {
              Copying copy = new Copying("neither taken nor refused");
              copy.before(copy.inTheMidst(), 1, fault(NOT_READ_IN_TIME))
                  .fails(FileCopyException.class, "could not be written");
            },
            () -> {
              Copying copy = new Copying("silence");
              copy.after(copy.inTheMidst(), 1, copy.silence()).timesOut();
            });
    AtOnce.assertAll(Stream.concat(firsts, others));
  }

  @Test
  void aReceiverThatIsLostLosesTheCopy() {
    AtOnce.assertAll(
        Stream.of(1, 2, 3)
            .flatMap(
                number ->
                    Stream.of(
                        lost(
                            "start of receiver " + number,
                            copy -> copy.before(CopyFaultsTest::isCommand, number + 1, CUT),
                            "was cut"),
                        lost(
                            "output of receiver " + number,
                            copy -> copy.before(copy.of("Receive", number), 1, CUT),
                            "was cut"))));
  }

  private static boolean isCommand(PlayedHost.Request request) {
    return request.operation().equals("Command");
  }

  /** Each of them leaves the file whole. */
  @Test
  void whatTheHostHasTakenOrWillTakeDoesNotHarmACopy() {
    AtOnce.assertAll(
        Stream.<Arrangement>of(
                copy -> copy.before(copy.inTheMidst(), 1, fault(170)),
                copy -> copy.after(copy.inTheMidst(), 1, fault(NOT_READ_IN_TIME)),
                copy -> copy.after(copy.lastOfAll(), 1, CUT),
                copy -> copy.before(CopyFaultsTest::isCommand, 2, fault(2150859174L)))
            .map(trouble -> () -> trouble.of(new Copying("taken")).succeeds()));
  }

  /** Those that there are do it, which end only when all has been sent: nobody waits for that. */
  @Test
  void aHostThatTakesNoMoreCommandsGetsTheFileByOneReceiver() throws Exception {
    Copying copy = new Copying("at a limit");
    PlayedHost.Trouble full = fault(2150859174L);
    copy.host.before(
        request -> isCommand(request) && !copy.host.commands().isEmpty() ? full.at(request) : null);
    copy.succeeds();
    assertEquals(1, copy.host.commands().size());
    assertEquals(2, copy.host.requests("Command").size());
  }
}
