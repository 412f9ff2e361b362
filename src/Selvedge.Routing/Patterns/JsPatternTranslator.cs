using System.Globalization;
using System.Text;

namespace Selvedge.Routing.Patterns;

/// <summary>
/// Rewrites a regular expression from JavaScript's dialect, in which every builder writes its patterns, to .NET's.
/// </summary>
/// <remarks>
/// The grammar is ECMA-262 without the <c>u</c> flag, annex B included: an escape that means nothing is the character itself, and a
/// brace that opens no quantifier is a brace. What .NET reads differently is rewritten; <see cref="JsPattern"/> says how groups are
/// numbered.
/// </remarks>
internal ref struct JsPatternTranslator
{
    private const int MaxDepth = 64;

    private readonly string _source;
    private readonly List<string?> _groupNames;
    private readonly bool _hasNames;
    private readonly StringBuilder _output;
    private int _position;
    private int _group;
    private int _depth;
    private bool _needsBacktracking;

    private JsPatternTranslator(string source)
    {
        _source = source;
        _output = new StringBuilder(source.Length + 32);
        _groupNames = JsGroupScanner.Scan(source);
        _hasNames = _groupNames.Exists(static name => name is not null);
    }

    /// <summary>Rewrites a pattern.</summary>
    /// <exception cref="PatternFormatException">It is not a regular expression.</exception>
    public static JsPattern Translate(string source)
    {
        var translator = new JsPatternTranslator(source);
        translator.Run();
        return new JsPattern(translator._output.ToString(), translator._groupNames, translator._needsBacktracking);
    }

    private void Run()
    {
        while (_position < _source.Length)
        {
            var c = _source[_position++];
            switch (c)
            {
                case '\\':
                    Escape();
                    break;
                case '[':
                    Class();
                    break;
                case '(':
                    Open();
                    break;
                case ')':
                    if (_depth-- == 0)
                        throw new PatternFormatException("It closes a group that it does not open.");
                    _output.Append(')');
                    break;
                case '.':
                    _output.Append("[^").Append(JsCharacterClasses.LineTerminators).Append(']');
                    break;
                case '$':
                    // In .NET a bare $ also matches before a final line feed.
                    _output.Append(@"\z");
                    break;
                case '^' or '|' or '*' or '+' or '?':
                    _output.Append(c);
                    break;
                case '{':
                    Brace();
                    break;
                default:
                    Literal(c);
                    break;
            }
        }

        if (_depth > 0)
            throw new PatternFormatException("It opens a group that it does not close.");
    }

    private void Open()
    {
        if (++_depth > MaxDepth)
            throw new PatternFormatException($"Its groups are nested more than {MaxDepth} deep.");

        var rest = _source.AsSpan(_position);
        if (!rest.StartsWith("?", StringComparison.Ordinal))
        {
            OpenCapture();
        }
        else if (rest.StartsWith("?:", StringComparison.Ordinal))
        {
            Copy(2);
        }
        else if (rest.StartsWith("?=", StringComparison.Ordinal) || rest.StartsWith("?!", StringComparison.Ordinal))
        {
            _needsBacktracking = true;
            Copy(2);
        }
        else if (rest.StartsWith("?<=", StringComparison.Ordinal) || rest.StartsWith("?<!", StringComparison.Ordinal))
        {
            _needsBacktracking = true;
            Copy(3);
        }
        else if (rest.StartsWith("?<", StringComparison.Ordinal))
        {
            _position += 2 + _groupNames[_group]!.Length + 1;
            OpenCapture();
        }
        else
        {
            throw new PatternFormatException("It has a group that begins with (? and is of no known kind.");
        }
    }

    private void OpenCapture() => _output.Append(CultureInfo.InvariantCulture, $"(?<{++_group}>");

    private void Copy(int length)
    {
        _output.Append('(').Append(_source, _position, length);
        _position += length;
    }

    private void Brace()
    {
        var start = _position - 1;
        if (JsQuantifier.End(_source, start) is not { } end)
        {
            Literal('{');
            return;
        }

        _output.Append(_source, start, end - start);
        _position = end;
    }

    private void Escape()
    {
        if (_position == _source.Length)
            throw new PatternFormatException("It ends in a backslash.");

        var c = _source[_position];
        if (JsCharacterClasses.For(c) is { } inside)
        {
            _position++;
            _output.Append('[').Append(inside).Append(']');
        }
        else if (c is 'b' or 'B')
        {
            _position++;
            _needsBacktracking = true;
            _output.Append(c == 'b' ? JsCharacterClasses.WordBoundary : JsCharacterClasses.NoWordBoundary);
        }
        else if (c is >= '1' and <= '9' && BackreferenceNumber() is { } number)
        {
            Backreference(number);
        }
        else if (c == 'k' && _hasNames)
        {
            _position++;
            NamedBackreference();
        }
        else
        {
            Literal(JsEscape.Read(_source, ref _position));
        }
    }

    /// <summary>The group that the digits at the position refer to; digits past the last group are an octal escape instead.</summary>
    private int? BackreferenceNumber()
    {
        var end = _position;
        while (end < _source.Length && end - _position < 4 && char.IsAsciiDigit(_source[end]))
            end++;

        var number = int.Parse(_source.AsSpan(_position, end - _position), NumberStyles.None, CultureInfo.InvariantCulture);
        if (number > _groupNames.Count)
            return null;
        _position = end;
        return number;
    }

    private void NamedBackreference()
    {
        var end = _position < _source.Length && _source[_position] == '<' ? _source.IndexOf('>', _position) : -1;
        if (end < 0)
            throw new PatternFormatException(@"It has \k without a group's name in angle brackets.");

        var name = _source[(_position + 1)..end];
        var index = _groupNames.IndexOf(name);
        if (index < 0)
            throw new PatternFormatException($"It refers to the group \"{name}\", which it does not have.");
        _position = end + 1;
        Backreference(index + 1);
    }

    /// <summary>In JavaScript, a reference to a group that took no part matches the empty string; in .NET it fails.</summary>
    private void Backreference(int number)
    {
        _needsBacktracking = true;
        _output.Append(CultureInfo.InvariantCulture, $@"(?({number})\k<{number}>)");
    }

    private void Class()
    {
        var negated = _position < _source.Length && _source[_position] == '^';
        if (negated)
            _position++;
        if (_position < _source.Length && _source[_position] == ']')
        {
            // [] matches nothing and [^] everything; .NET would take the bracket for a member.
            _position++;
            _output.Append(negated ? @"[\s\S]" : @"[^\s\S]");
            return;
        }

        _output.Append(negated ? "[^" : "[");
        while (true)
        {
            if (_position >= _source.Length)
                throw new PatternFormatException("It opens a character class that it does not close.");
            if (_source[_position] == ']')
                break;
            ClassMember();
        }

        _position++;
        _output.Append(']');
    }

    private void ClassMember()
    {
        var low = ClassAtom();
        if (low is null || !AtRange())
        {
            if (low is { } single)
                Literal(single);
            return;
        }

        _position++;
        var high = ClassAtom(dashFirst: low);
        if (high is null)
            return;
        if (high < low)
            throw new PatternFormatException("It has a character range that runs backwards.");
        Literal(low.Value);
        _output.Append('-');
        Literal(high.Value);
    }

    private readonly bool AtRange() =>
        _position + 1 < _source.Length && _source[_position] == '-' && _source[_position + 1] != ']';

    /// <summary>Reads one member of a class: a character, or a class escape, which is written at once.</summary>
    /// <param name="dashFirst">The character before the dash, which is a plain dash if a class escape follows it.</param>
    private char? ClassAtom(char? dashFirst = null)
    {
        var c = _source[_position++];
        if (c != '\\')
            return c;
        if (_position == _source.Length)
            throw new PatternFormatException("It ends in a backslash.");

        if (JsCharacterClasses.For(_source[_position]) is { } inside)
        {
            _position++;
            if (dashFirst is { } low)
            {
                Literal(low);
                Literal('-');
            }

            _output.Append(inside);
            return null;
        }

        if (_source[_position] == 'b')
        {
            _position++;
            return '\b';
        }

        return JsEscape.Read(_source, ref _position);
    }

    private readonly void Literal(char c)
    {
        if (
            char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '%' or '~' or ':' or '@' or '!' or ',' or ';' or '=' or '&' or '\''
        )
            _output.Append(c);
        else
            _output.Append(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}");
    }
}
