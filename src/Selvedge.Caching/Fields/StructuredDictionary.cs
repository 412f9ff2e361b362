using System.Buffers;
using System.Text;

namespace Selvedge.Caching.Fields;

/// <summary>Parses structured dictionaries as RFC 9651 section 4.2.2 lays down: strictly, whole or not at all.</summary>
internal ref struct StructuredDictionary
{
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.*");
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~:/"
    );
    private static readonly SearchValues<char> Base64Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
    );

    private ReadOnlySpan<char> _rest;

    /// <summary>Parses a field, all its lines joined. Of a member said twice the last counts.</summary>
    public static bool TryParse(ReadOnlySpan<char> field, out Dictionary<string, StructuredValue> members)
    {
        members = new(StringComparer.Ordinal);
        var parser = new StructuredDictionary { _rest = field.Trim(' ') };
        while (!parser._rest.IsEmpty)
        {
            if (!parser.TryReadMember(out var key, out var value))
            {
                return false;
            }

            members[key] = value;
            parser._rest = parser._rest.TrimStart(" \t");
            if (parser._rest.IsEmpty)
            {
                return true;
            }

            if (!parser.TryTake(','))
            {
                return false;
            }

            parser._rest = parser._rest.TrimStart(" \t");
            if (parser._rest.IsEmpty)
            {
                // A trailing comma.
                return false;
            }
        }

        return true;
    }

    private bool TryReadMember(out string key, out StructuredValue value)
    {
        value = new(StructuredKind.Boolean, Boolean: true);
        return TryReadKey(out key) && (!TryTake('=') || TryReadValue(out value)) && TryReadParameters();
    }

    private bool TryReadKey(out string key)
    {
        key = "";
        if (_rest.IsEmpty || _rest[0] is not ((>= 'a' and <= 'z') or '*'))
        {
            return false;
        }

        key = TakeWhile(KeyCharacters).ToString();
        return true;
    }

    private bool TryReadValue(out StructuredValue value)
    {
        if (!TryTake('('))
        {
            return TryReadItem(out value);
        }

        value = default;
        while (true)
        {
            _rest = _rest.TrimStart(' ');
            if (TryTake(')'))
            {
                return true;
            }

            if (!TryReadItem(out _) || !TryReadParameters() || _rest.IsEmpty || _rest[0] is not (' ' or ')'))
            {
                return false;
            }
        }
    }

    private bool TryReadParameters()
    {
        while (TryTake(';'))
        {
            _rest = _rest.TrimStart(' ');
            if (!TryReadKey(out _) || (TryTake('=') && !TryReadItem(out _)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadItem(out StructuredValue value)
    {
        value = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        switch (_rest[0])
        {
            case '-' or (>= '0' and <= '9'):
                return TryReadNumber(out value);
            case '"':
                return TryReadText(out value);
            case '?':
                return TryReadBoolean(out value);
            case ':':
                return TryReadBytes();
            case '*' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                TakeWhile(TokenCharacters);
                return true;
            default:
                return false;
        }
    }

    private bool TryReadNumber(out StructuredValue value)
    {
        value = default;
        var negative = TryTake('-');
        var whole = TakeDigits();
        if (whole.IsEmpty)
        {
            return false;
        }

        if (TryTake('.'))
        {
            return whole.Length <= 12 && TakeDigits().Length is >= 1 and <= 3;
        }

        if (whole.Length > 15)
        {
            return false;
        }

        var number = long.Parse(whole);
        value = new(StructuredKind.Integer, Integer: negative ? -number : number);
        return true;
    }

    private bool TryReadText(out StructuredValue value)
    {
        value = default;
        var text = new StringBuilder();
        for (var i = 1; i < _rest.Length; i++)
        {
            var c = _rest[i];
            if (c == '"')
            {
                _rest = _rest[(i + 1)..];
                value = new(StructuredKind.Text, Text: text.ToString());
                return true;
            }

            if (c == '\\')
            {
                if (++i >= _rest.Length || _rest[i] is not ('"' or '\\'))
                {
                    return false;
                }

                c = _rest[i];
            }
            else if (c is < ' ' or > '~')
            {
                return false;
            }

            text.Append(c);
        }

        return false;
    }

    private bool TryReadBoolean(out StructuredValue value)
    {
        value = default;
        if (_rest.Length < 2 || _rest[1] is not ('0' or '1'))
        {
            return false;
        }

        value = new(StructuredKind.Boolean, Boolean: _rest[1] == '1');
        _rest = _rest[2..];
        return true;
    }

    private bool TryReadBytes()
    {
        _rest = _rest[1..];
        TakeWhile(Base64Characters);
        return TryTake(':');
    }

    private ReadOnlySpan<char> TakeDigits()
    {
        var end = _rest.IndexOfAnyExceptInRange('0', '9');
        return Take(end < 0 ? _rest.Length : end);
    }

    private ReadOnlySpan<char> TakeWhile(SearchValues<char> accepted)
    {
        var end = _rest.IndexOfAnyExcept(accepted);
        return Take(end < 0 ? _rest.Length : end);
    }

    private ReadOnlySpan<char> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private bool TryTake(char expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }
}
