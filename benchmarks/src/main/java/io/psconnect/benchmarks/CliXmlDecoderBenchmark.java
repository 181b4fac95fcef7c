package io.psconnect.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.psconnect.powershell.CliXmlDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a core decodes a second. One operation is 8,000,000 bytes of stderr in pieces of 8 KB, so
 * operations a second times 8 are MB/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CliXmlDecoderBenchmark {

  private static final int LENGTH = 8_000_000;
  private static final int PIECE = 8192;

  /** What stderr is made of. */
  public enum Stderr {
    /** Lines of a native program. */
    RAW_TEXT(
        "", "cc1: warning: command-line option is valid for C++ but not for C [-Wextra]\n", ""),
    /** Errors of PowerShell 7, with their colours. */
    ERRORS(
        root(),
        "<S S=\"Error\">_x001B_[31;1mGet-Item: _x001B_[31;1mCannot find path '/var/lib/some/folder'"
            + " because it does not exist._x001B_[0m_x000D__x000A_</S>",
        "</Objs>"),
    /** Errors of Windows PowerShell 5.1, cut at the width of a console. */
    ERRORS_51(
        root(),
        "<S S=\"Error\">fake : The term 'fake' is not recognized as the name of a cmdlet. Check"
            + " _x000D__x000A_</S><S S=\"Error\">    + CategoryInfo          : ObjectNotFound:"
            + " (fake:String) [], CommandNotFoundException_x000D__x000A_</S><S S=\"Error\">"
            + " _x000D__x000A_</S>",
        "</Objs>"),
    /** Nothing but escapes and entities. */
    ESCAPES(
        root() + "<S S=\"Error\">",
        "_xD83D__xDE00_ &lt;&amp;&gt; _x005F_x0041_ _x000D__x000A_",
        "</S></Objs>"),
    /** Progress records, left out. */
    PROGRESS(
        root(),
        "<Obj S=\"progress\" RefId=\"1\"><TNRef RefId=\"0\" /><MS><I64 N=\"SourceId\">1</I64><PR"
            + " N=\"Record\"><AV>Preparing modules for first use.</AV><AI>0</AI><Nil /><PI>-1</PI>"
            + "<PC>-1</PC><T>Completed</T><SR>-1</SR><SD> </SD></PR></MS></Obj>",
        "</Objs>");

    private final String start;
    private final String repeated;
    private final String end;

    Stderr(String start, String repeated, String end) {
      this.start = start;
      this.repeated = repeated;
      this.end = end;
    }

    private static String root() {
      return "#< CLIXML\r\n<Objs Version=\"1.1.0.1\""
          + " xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";
    }

    private byte[] bytes() {
      return (start + repeated.repeat(LENGTH / repeated.length()) + end).getBytes(UTF_8);
    }
  }

  /** What is decoded. */
  @Param public Stderr stderr;

  private byte[] bytes;

  /** Makes the input. */
  @Setup
  public void makeInput() {
    bytes = stderr.bytes();
  }

  /**
   * Decodes it all.
   *
   * @param sink takes what comes out
   */
  @Benchmark
  public void decode(Blackhole sink) {
    CliXmlDecoder decoder =
        new CliXmlDecoder(
            (buffer, offset, length) -> {
              sink.consume(buffer);
              sink.consume(length);
            });
    for (int at = 0; at < bytes.length; at += PIECE) {
      decoder.write(bytes, at, Math.min(PIECE, bytes.length - at));
    }
    decoder.finish();
  }
}
