# The prelude: what JsonRunner puts around a script. It reads JSON on standard input as $params, runs
# the script, and writes what the script gave as one JSON document on standard output. A terminating
# error goes to standard error as a line of JSON behind a mark, with exit code 1.
#
# Valid in Windows PowerShell 5.1 and in PowerShell 7. It neither reads nor writes by ConvertFrom-Json
# and ConvertTo-Json: those make dates of strings, unroll arrays in 5.1, cut what is deep with a warning,
# lose digits, and differ between the two versions. Prelude.java takes the comments and indentation
# away; <words> stand for texts that it puts in.
#
# The script is a script block of its own, so that the lines in its errors are the script's. It runs in
# a scope below this one and sees of it $params only by that name. Its text comes first, so that whoever
# sees the beginning of the whole sees the script; and no cmdlet is named here, so that whoever looks for
# one in the whole finds the script's.
& {
  # All that this needs, by one name, as the script sees the names of the scopes above it.
  $psconnect=@{script=<script>}
  $psconnect.culture=[System.Globalization.CultureInfo]::InvariantCulture
  $ErrorActionPreference='Stop'

  # JSON text to objects: PSCustomObject, Object[], string, bool, $null, and for numbers: long or
  # BigInteger without a fraction, decimal with one, double with an exponent. The text is what Jackson
  # writes, without blanks, so all that can be wrong with it is that its end is missing.
  $psconnect.read={
    param($text)
    $culture=$psconnect.culture
    $token=[regex]::new('"([^"\\]*(?:\\.[^"\\]*)*)"|[\[\]{},:]|true|false|null|-?[0-9][0-9.eE+-]*')
    $stack=[System.Collections.Generic.Stack[object]]::new()
    $into=$null
    $isObject=$false
    $name=$null
    $value=$null
    $at=0
    for($match=$token.Match($text);$match.Success -and $match.Index -eq $at;$match=$match.NextMatch()){
      $at+=$match.Length
      $word=$match.Value
      $first=$word[0]
      if($first -eq ',' -or $first -eq ':'){
        continue
      }
      if($first -eq '{' -or $first -eq '['){
        $stack.Push($into)
        $stack.Push($isObject)
        $stack.Push($name)
        $isObject=$first -eq '{'
        $name=$null
        if($isObject){
          $into=[System.Collections.Specialized.OrderedDictionary]::new([System.StringComparer]::Ordinal)
        }else{
          $into=[System.Collections.Generic.List[object]]::new()
        }
        continue
      }
      if($first -eq '"'){
        $value=$match.Groups[1].Value
        if($value.IndexOf('\') -ge 0){
          # A regular expression's escapes are JSON's and more.
          $value=[regex]::Unescape($value)
        }
        if($isObject -and $null -eq $name){
          $name=$value
          continue
        }
      }elseif($first -eq ']'){
        $value=$into.ToArray()
      }elseif($first -eq '}'){
        # Names that differ in case alone, an empty one and PowerShell's own cannot be properties: then
        # it is a dictionary, which PowerShell reads by the same dot.
        $value=$into
        try{
          $record=[pscustomobject]$into
          $count=0
          foreach($property in $record.PSObject.Properties){
            $count++
          }
          if($count -eq $into.Count){
            $value=$record
          }
        }catch{
          $value=$into
        }
      }elseif($first -eq 't'){
        $value=$true
      }elseif($first -eq 'f'){
        $value=$false
      }elseif($first -eq 'n'){
        $value=$null
      }elseif($word.IndexOf('E') -ge 0){
        $value=[double]::Parse($word,$culture)
      }elseif($word.IndexOf('.') -ge 0){
        $value=[decimal]::Parse($word,$culture)
      }elseif($word.Length -lt 19){
        $value=[long]::Parse($word,$culture)
      }else{
        $value=[bigint]::Parse($word,$culture)
        if($value -ge [long]::MinValue -and $value -le [long]::MaxValue){
          $value=[long]$value
        }
      }
      if($first -eq ']' -or $first -eq '}'){
        $name=$stack.Pop()
        $isObject=$stack.Pop()
        $into=$stack.Pop()
      }
      if($null -eq $into){
        break
      }
      if($isObject){
        $into.Add($name,$value)
        $name=$null
      }else{
        $into.Add($value)
      }
    }
    if($at -ne $text.Length -or $at -eq 0 -or $null -ne $into){
      throw "<cut>: it makes sense up to character $at of $($text.Length)"
    }
    # The comma keeps an array whole.
    ,$value
  }

  # A string in quotes. What has to be escaped, and half surrogate pairs, which UTF-8 has no form for.
  $psconnect.hasControl=[regex]::new('[\x00-\x1f]')
  $psconnect.half=[regex]::new('[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]')
  $psconnect.quote={
    param([string]$text)
    $text=$text.Replace('\','\\').Replace('"','\"')
    if($psconnect.hasControl.IsMatch($text)){
      for($i=0;$i -lt 32;$i++){
        $text=$text.Replace([string][char]$i,'\u'+$i.ToString('x4'))
      }
    }
    if($psconnect.half.IsMatch($text)){
      $text=$psconnect.half.Replace($text,[System.Text.RegularExpressions.MatchEvaluator]{
        '\u'+([int]$args[0].Value[0]).ToString('x4')
      })
    }
    '"'+$text+'"'
  }
  $psconnect.plain=[regex]::new('^[^"\\\x00-\x1f\ud800-\udfff]*\z')

  # Types by their full names, as not every PowerShell has them: what to write in the place of their
  # values. A half has a shortest form that is not exact, a double has none.
  $psconnect.instead=@{
    'System.Half'={[double]$args[0]}
    'System.Int128'={[bigint]$args[0]}
    'System.UInt128'={[bigint]$args[0]}
    'System.IntPtr'={$args[0].ToInt64()}
    'System.UIntPtr'={$args[0].ToUInt64()}
    'System.DateOnly'={$args[0].ToString('o',$psconnect.culture)}
    'System.TimeOnly'={$args[0].ToString('o',$psconnect.culture)}
    'System.Management.Automation.SemanticVersion'={$args[0].ToString()}
  }

  # Objects to JSON text. It keeps a stack of its own, as PowerShell's is short: the names and values of
  # the containers that are open, and how far they are written.
  $psconnect.write={
    param($root)
    $culture=$psconnect.culture
    $plain=$psconnect.plain
    $json=[System.Text.StringBuilder]::new()
    $stack=[System.Collections.Generic.Stack[object]]::new()
    $names=$null
    $values=[System.Collections.Generic.List[object]]::new()
    $values.Add($root)
    $next=0
    $end=''
    for(;;){
      if($next -ge $values.Count){
        [void]$json.Append($end)
        if($stack.Count -eq 0){
          break
        }
        $end=$stack.Pop()
        $next=$stack.Pop()
        $values=$stack.Pop()
        $names=$stack.Pop()
        continue
      }
      if($next -gt 0){
        [void]$json.Append(',')
      }
      if($null -ne $names){
        $name=$names[$next]
        if($plain.IsMatch($name)){
          [void]$json.Append('"').Append($name).Append('":')
        }else{
          [void]$json.Append((& $psconnect.quote $name)).Append(':')
        }
      }
      $value=$values[$next]
      $next++
      if($null -eq $value -or $value -is [System.DBNull]){
        [void]$json.Append('null')
      }elseif($value -is [string] -or $value -is [char]){
        $text=[string]$value
        if($plain.IsMatch($text)){
          [void]$json.Append('"').Append($text).Append('"')
        }else{
          [void]$json.Append((& $psconnect.quote $text))
        }
      }elseif($value -is [bool] -or $value -is [switch]){
        if($value){
          [void]$json.Append('true')
        }else{
          [void]$json.Append('false')
        }
      }elseif($value -is [enum]){
        [void]$json.Append((& $psconnect.quote $value.ToString()))
      }elseif($value -is [double] -or $value -is [float]){
        # .NET Framework's shortest form is at times not exact.
        $text=$value.ToString('R',$culture)
        if([double]::IsNaN($value) -or [double]::IsInfinity($value)){
          $text='"'+$text+'"'
        }elseif($value -is [double] -and [double]::Parse($text,$culture) -ne $value){
          $text=$value.ToString('G17',$culture)
        }
        [void]$json.Append($text)
      }elseif($value -is [System.ValueType] -and ($value -is [int] -or $value -is [long] -or
          $value -is [decimal] -or $value -is [bigint] -or $value -is [uint32] -or
          $value -is [uint64] -or $value -is [byte] -or $value -is [int16] -or
          $value -is [uint16] -or $value -is [sbyte])){
        [void]$json.Append($value.ToString($culture))
      }elseif($value -is [datetime] -or $value -is [System.DateTimeOffset]){
        [void]$json.Append('"').Append($value.ToString('o',$culture)).Append('"')
      }elseif($value -is [timespan]){
        [void]$json.Append('"').Append([System.Xml.XmlConvert]::ToString([timespan]$value)).Append('"')
      }elseif($value -is [byte[]]){
        [void]$json.Append('"').Append([System.Convert]::ToBase64String($value)).Append('"')
      }elseif($value -is [guid] -or $value -is [uri] -or $value -is [version] -or $value -is [type] -or
          $value -is [scriptblock] -or $value -is [System.Net.IPAddress] -or
          $value -is [System.Globalization.CultureInfo]){
        [void]$json.Append((& $psconnect.quote $value.ToString()))
      }elseif($value -is [System.Xml.XmlNode]){
        [void]$json.Append((& $psconnect.quote $value.OuterXml))
      }elseif($psconnect.instead.ContainsKey($value.GetType().FullName)){
        [void]$json.Append((& $psconnect.write (& $psconnect.instead[$value.GetType().FullName] $value)))
      }else{
        if($stack.Count -ge 4*<depth>){
          throw ('The output is nested deeper than <depth> levels, at a '+$value.GetType().FullName+
            '; give only the properties that you need')
        }
        $stack.Push($names)
        $stack.Push($values)
        $stack.Push($next)
        $stack.Push($end)
        $next=0
        $inner=[System.Collections.Generic.List[object]]::new()
        if($value -is [System.Collections.IDictionary]){
          $names=[System.Collections.Generic.List[string]]::new()
          foreach($entry in $value.GetEnumerator()){
            $names.Add([string]$entry.Key)
            $inner.Add($entry.Value)
          }
        }elseif($value -is [System.Collections.IEnumerable]){
          $names=$null
          foreach($item in $value){
            $inner.Add($item)
          }
        }else{
          $names=[System.Collections.Generic.List[string]]::new()
          foreach($property in $value.PSObject.Properties){
            $item=$null
            try{
              $item=$property.Value
            }catch{
              # A property that cannot be read, of a process that has ended for example.
              $item=$null
            }
            $names.Add($property.Name)
            $inner.Add($item)
          }
        }
        $values=$inner
        if($null -ne $names){
          [void]$json.Append('{')
          $end='}'
        }else{
          [void]$json.Append('[')
          $end=']'
        }
      }
    }
    $json.ToString()
  }

  # What is known of an error, for ScriptError.java.
  $psconnect.describe={
    param($record)
    $exception=$record.Exception
    # A place in this prelude would be no help.
    $line=0
    if($psconnect.running){
      $line=$record.InvocationInfo.ScriptLineNumber
      $column=$record.InvocationInfo.OffsetInLine
      $source=$record.InvocationInfo.Line
    }
    $message=$exception.Message
    $category=$record.CategoryInfo.Category.ToString()
    $id=$record.FullyQualifiedErrorId
    if($null -ne $record.ErrorDetails -and $record.ErrorDetails.Message){
      $message=$record.ErrorDetails.Message
    }
    # The script itself does not parse: then the parser knows the place, and the id.
    $parse=$exception.InnerException
    if(!$psconnect.running -and $parse -is [System.Management.Automation.ParseException] -and $parse.Errors){
      $first=$parse.Errors[0]
      $exception=$parse
      $message=$first.Message
      $category='ParserError'
      $id=$first.ErrorId
      $line=$first.Extent.StartLineNumber
      $column=$first.Extent.StartColumnNumber
      $source=$first.Extent.StartScriptPosition.Line
    }
    $target=$null
    if($null -ne $record.TargetObject){
      try{
        $target=$record.TargetObject.ToString()
      }catch{
        $target=$record.CategoryInfo.TargetName
      }
      if($target.Length -gt 1000){
        $target=$target.Substring(0,1000)
      }
    }
    $envelope=[ordered]@{
      message=$message
      category=$category
      errorId=$id
      exception=$exception.GetType().FullName
      target=$target
    }
    if($line -gt 0){
      $envelope.position=[ordered]@{line=$line;column=$column;text=([string]$source).TrimEnd()}
    }
    $envelope
  }

  # Whether a statement that failed runs a native program. One that looks for what may not be there, by
  # -ErrorAction Ignore, fails too, and then an older exit code is not its own.
  $psconnect.isNative={
    param($statement)
    foreach($command in $statement.FindAll({$args[0] -is [System.Management.Automation.Language.CommandAst]},$true)){
      $name=$command.GetCommandName()
      if($null -eq $name -or $ExecutionContext.InvokeCommand.GetCommand($name,'Application')){
        return $true
      }
    }
    $false
  }

  # Collected and written only when the script has come to its end: either the whole answer or none.
  $psconnect.output=[System.Collections.Generic.List[object]]::new()
  $psconnect.running=$false
  try{
    $psconnect.stdin=[System.IO.StreamReader]::new([System.Console]::OpenStandardInput(),[System.Text.Encoding]::UTF8)
    $params=& $psconnect.read $psconnect.stdin.ReadToEnd()
    # The tail keeps whether the last statement failed. It does not fit behind named blocks, begin and
    # process, so what does not parse is tried without it, and then says what is wrong.
    $psconnect.failed=$false
    $psconnect.tail="`n`n;`$psconnect.failed=!`$?"
    try{
      $psconnect.block=[scriptblock]::Create($psconnect.script+$psconnect.tail)
      $psconnect.last=$psconnect.block.Ast.EndBlock.Statements[-2]
    }catch{
      $psconnect.block=[scriptblock]::Create($psconnect.script)
    }
    $psconnect.running=$true
    # The loop, for a script that ends by break or continue, as it may. Write-Host's words go to standard
    # error: standard output is the document's.
    do{
      & $psconnect.block 6>&1|. {
        process{
          if($_ -is [System.Management.Automation.InformationRecord]){
            [System.Console]::Error.WriteLine([string]$_)
          }else{
            $psconnect.output.Add($_)
          }
        }
      }
    }while($false)
    $psconnect.running=$false
    if($psconnect.failed -and $global:LASTEXITCODE -and (& $psconnect.isNative $psconnect.last)){
      [System.Console]::Out.Write((& $psconnect.write $psconnect.output))
      [System.Console]::Out.Flush()
      exit $global:LASTEXITCODE
    }
    if(<list>){
      $psconnect.document=& $psconnect.write $psconnect.output
    }elseif($psconnect.output.Count -gt 1){
      throw "The script gave $($psconnect.output.Count) objects where one was expected; ask for a list, or give one"
    }elseif($psconnect.output.Count -eq 1){
      $psconnect.document=& $psconnect.write $psconnect.output[0]
    }else{
      $psconnect.document='null'
    }
    [System.Console]::Out.Write($psconnect.document)
    [System.Console]::Out.Flush()
  }catch{
    [System.Console]::Error.WriteLine("`n<mark>"+(& $psconnect.write (& $psconnect.describe $_)))
    exit 1
  }
}
