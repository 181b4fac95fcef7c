package io.psconnect.json;

import io.psconnect.ConnectionException;
import io.psconnect.Result;
import io.psconnect.Runner;
import io.psconnect.Script;
import io.psconnect.ScriptInput;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls scripts with objects, over any {@link Runner}: one goes in as JSON on standard input and is
 * {@code $params} there; what the script gives comes back as a record or a list.
 *
 * <pre>{@code
 * JsonRunner json = JsonRunner.over(connection);
 * Vm vm = json.call("Get-VM $params.name | Select-Object Name, State", Map.of("name", n), Vm.class);
 * List<Vm> all = json.list("Get-VM | Select-Object Name, State", null, Vm.class);
 * }</pre>
 *
 * <p>The script runs with {@code $ErrorActionPreference='Stop'}: an error that PowerShell would
 * print and pass over ends it, and arrives as {@link ScriptFailedException}. What it shows by
 * {@code Write-Host} goes to standard error, so that standard output holds the one JSON document.
 *
 * <p>A native program's exit code is no error to PowerShell. If the script's last statement is a
 * native program, or a pipeline with one, that ended with another code than zero, the call fails
 * with that code, as {@code runScript} does with 1; after an earlier one a script goes on, and has
 * to say {@code if($LASTEXITCODE){throw "..."}} if it should not.
 *
 * <p><b>In:</b> objects become {@code PSCustomObject} (dictionaries, if their names differ in case
 * alone or cannot be a property's), lists arrays. Strings stay strings, those that look like dates
 * too. Whole numbers become {@code long} or {@code BigInteger}, others {@code decimal} if it holds
 * them and {@code double} if not; a number that neither holds exactly is refused. Java's dates
 * arrive as the ISO 8601 text that Jackson writes, which {@code [DateTimeOffset]$params.at} reads
 * whatever the host's language and time zone are.
 *
 * <p><b>Out:</b> numbers with all their digits, {@code IntPtr}, {@code Half} and {@code Int128}
 * too. As text: dates and times in ISO 8601 with seven decimals, time spans as ISO 8601 durations,
 * enums by name, byte arrays in Base64, XML as it is written; and {@code Guid}, {@code Uri}, {@code
 * Version}, {@code SemanticVersion}, {@code IPAddress}, {@code CultureInfo}, {@code Type} and
 * script blocks as PowerShell shows them. Any other .NET object comes by its properties. Nothing is
 * cut: deeper than 500 levels is an error.
 *
 * <p>A {@code DateTime} that is UTC ends in {@code Z}, one in the host's time has the host's
 * offset: both can be read as {@code Instant} or {@code OffsetDateTime}, and so can a {@code
 * DateTimeOffset}. One of kind {@code Unspecified} names no zone, and no zone is made up for it:
 * read it as {@code LocalDateTime}, or have the script say {@code ToUniversalTime()}, which takes
 * it for the host's time.
 *
 * <p>On the module path, Jackson makes and reads records that it has access to: open their package
 * to {@code tools.jackson.databind}.
 *
 * <p>Safe for use by many threads if the runner is.
 */
public final class JsonRunner {
  /**
   * No digit is lost where the type asked for keeps digits; case is PowerShell's, which is none.
   */
  private static final JsonMapper EXACT =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final Runner runner;
  private final JsonMapper mapper;

  private JsonRunner(Runner runner, JsonMapper mapper) {
    this.runner = Objects.requireNonNull(runner, "runner");
    this.mapper = Objects.requireNonNull(mapper, "mapper");
  }

  /**
   * Calls scripts over this runner, with Jackson as it is by default, but that the case of
   * properties' names does not matter, as in PowerShell, and that numbers with a fraction are
   * {@code BigDecimal} where nothing else is asked for.
   *
   * @param runner runs the scripts; stays its owner's to close
   * @return a caller of scripts
   */
  public static JsonRunner over(Runner runner) {
    return new JsonRunner(runner, EXACT);
  }

  /**
   * Calls scripts over this runner, with objects bound by this mapper.
   *
   * @param runner runs the scripts; stays its owner's to close
   * @param mapper how parameters become JSON, and JSON answers
   * @return a caller of scripts
   */
  public static JsonRunner over(Runner runner, JsonMapper mapper) {
    return new JsonRunner(runner, mapper);
  }

  /**
   * Calls a script for one object, with the connection's own timeout.
   *
   * @param <T> what to give
   * @param script PowerShell
   * @param params what is {@code $params} to it; null for {@code $null}
   * @param type what to read the answer as
   * @return null if the script gave nothing or {@code $null}
   * @throws ScriptFailedException if the script failed, or its answer is not of this type
   * @throws ConnectionException if the result could not be learnt
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalArgumentException if the parameters cannot be JSON, or not exactly
   * @see #call(Script, Object, TypeReference)
   */
  public <T> T call(String script, Object params, Class<T> type)
      throws ScriptFailedException, ConnectionException, InterruptedException {
    return call(Script.of(script), params, type);
  }

  /**
   * Calls a script for one object.
   *
   * @param <T> what to give
   * @param script PowerShell, with timeout, listener and limit, and without input
   * @param params what is {@code $params} to it; null for {@code $null}
   * @param type what to read the answer as
   * @return null if the script gave nothing or {@code $null}
   * @throws ScriptFailedException if the script failed, or its answer is not of this type
   * @throws ConnectionException if the result could not be learnt
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalArgumentException if the parameters cannot be JSON, or not exactly
   * @see #call(Script, Object, TypeReference)
   */
  public <T> T call(Script script, Object params, Class<T> type)
      throws ScriptFailedException, ConnectionException, InterruptedException {
    return answer(script, params, mapper.constructType(Objects.requireNonNull(type, "type")));
  }

  /**
   * Calls a script for an object of a generic type. One object is expected, and more of them are an
   * error; but where the type is an array or a collection, all that the script gives are its
   * elements, be it none, one or many.
   *
   * @param <T> what to give
   * @param script PowerShell, with timeout, listener and limit, and without input
   * @param params what is {@code $params} to it; null for {@code $null}
   * @param type what to read the answer as
   * @return null if the script gave nothing or {@code $null}
   * @throws ScriptFailedException if the script failed, or its answer is not of this type
   * @throws ConnectionException if the result could not be learnt
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalArgumentException if the parameters cannot be JSON, or not exactly
   */
  public <T> T call(Script script, Object params, TypeReference<T> type)
      throws ScriptFailedException, ConnectionException, InterruptedException {
    return answer(script, params, mapper.constructType(Objects.requireNonNull(type, "type")));
  }

  /**
   * Calls a script for all the objects that it gives, with the connection's own timeout.
   *
   * @param <T> what each is
   * @param script PowerShell
   * @param params what is {@code $params} to it; null for {@code $null}
   * @param element what to read each as
   * @return none, one or many
   * @throws ScriptFailedException if the script failed, or its answer is not of this type
   * @throws ConnectionException if the result could not be learnt
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalArgumentException if the parameters cannot be JSON, or not exactly
   */
  public <T> List<T> list(String script, Object params, Class<T> element)
      throws ScriptFailedException, ConnectionException, InterruptedException {
    return list(Script.of(script), params, element);
  }

  /**
   * Calls a script for all the objects that it gives.
   *
   * @param <T> what each is
   * @param script PowerShell, with timeout, listener and limit, and without input
   * @param params what is {@code $params} to it; null for {@code $null}
   * @param element what to read each as
   * @return none, one or many
   * @throws ScriptFailedException if the script failed, or its answer is not of this type
   * @throws ConnectionException if the result could not be learnt
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalArgumentException if the parameters cannot be JSON, or not exactly
   */
  public <T> List<T> list(Script script, Object params, Class<T> element)
      throws ScriptFailedException, ConnectionException, InterruptedException {
    Objects.requireNonNull(element, "element");
    return answer(
        script, params, mapper.getTypeFactory().constructCollectionType(List.class, element));
  }

  private <T> T answer(Script script, Object params, JavaType type)
      throws ScriptFailedException, ConnectionException, InterruptedException {
    requireNoInput(script);
    String input = Parameters.json(mapper, params);
    boolean list =
        type.isCollectionLikeType() || type.isArrayType() && !type.hasRawClass(byte[].class);
    Result result = runner.runScript(around(script, list).withInput(input));
    return read(result, Cut.of(result, script.outputLimit()), type);
  }

  private static void requireNoInput(Script script) {
    if (script.input() != ScriptInput.empty()) {
      throw new IllegalArgumentException(
          "the script has input of its own, but standard input is the parameters';"
              + " send the data as a parameter");
    }
  }

  private static Script around(Script script, boolean list) {
    Script call =
        Script.of(Prelude.around(script.text(), list))
            .withListener(script.listener())
            .withCarrier(script.carrier())
            .withOutputLimit(script.outputLimit());
    return script.timeout().map(call::withTimeout).orElse(call);
  }

  private <T> T read(Result result, Cut cut, JavaType type) throws ScriptFailedException {
    if (!result.succeeded()) {
      throw ScriptFailedException.of(result, cut);
    }
    if (cut.hitStdout()) {
      throw UnreadableOutputException.cut(result, cut);
    }
    String stdout = result.stdout();
    if (stdout.isBlank()) {
      throw UnreadableOutputException.empty(result);
    }
    try {
      return mapper.readValue(stdout, type);
    } catch (JacksonException e) {
      throw UnreadableOutputException.of(e, result);
    }
  }

  @Override
  public String toString() {
    return "JsonRunner[%s]".formatted(runner);
  }
}
