package io.psconnect.ssh.internal.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SftpAnswersProperties {
  @Property
  void packetsAreFoundHoweverTheStreamIsCut(
      @ForAll @Size(max = 20) List<@Size(min = 1, max = 300) List<Byte>> packets,
      @ForAll @IntRange(min = 1, max = 700) int piece)
      throws IOException {
    List<List<Byte>> seen = new ArrayList<>();
    SftpAnswers answers = new SftpAnswers(packet -> seen.add(listOf(packet)));
    byte[] stream = stream(packets);
    for (int at = 0; at < stream.length; at += piece) {
      answers.take(stream, at, Math.min(piece, stream.length - at));
    }
    assertEquals(packets, seen);
  }

  @Example
  void textInPlaceOfPacketsIsRefused() {
    byte[] text = "This account is currently not available.\n".getBytes(StandardCharsets.US_ASCII);
    StreamCorruptedException failure = refusal(text);
    assertTrue(failure.getMessage().contains("is there text in its output?"), failure::getMessage);
  }

  @Example
  void emptyPacketIsRefused() {
    refusal(new byte[4]);
  }

  private static StreamCorruptedException refusal(byte[] stream) {
    SftpAnswers answers = new SftpAnswers(packet -> {});
    return assertThrows(
        StreamCorruptedException.class, () -> answers.take(stream, 0, stream.length));
  }

  private static byte[] stream(List<List<Byte>> packets) {
    ByteBuffer stream =
        ByteBuffer.allocate(packets.stream().mapToInt(packet -> 4 + packet.size()).sum());
    for (List<Byte> packet : packets) {
      stream.putInt(packet.size());
      packet.forEach(stream::put);
    }
    return stream.array();
  }

  private static List<Byte> listOf(ByteBuffer packet) {
    List<Byte> bytes = new ArrayList<>();
    while (packet.hasRemaining()) {
      bytes.add(packet.get());
    }
    return bytes;
  }
}
