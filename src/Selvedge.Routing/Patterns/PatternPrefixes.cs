namespace Selvedge.Routing.Patterns;

/// <summary>
/// Finds the literal texts of which every match of a pattern begins with one: <c>^(?:/a)?/b(.*)</c> begins with <c>/a/b</c> or
/// <c>/b</c>. The index of a phase is built from them.
/// </summary>
/// <remarks>
/// The pattern has been translated before, so it is known to be well formed. A result may promise too little, never too much: where
/// this class does not understand, it closes the prefix.
/// </remarks>
internal ref struct PatternPrefixes
{
    // Past this the alternatives cost more in the index than they save.
    private const int MaxPrefixes = 8;

    private readonly string _source;
    private int _position;

    private PatternPrefixes(string source) => _source = source;

    /// <summary>The texts, without repetition. An empty text means that matches may begin with anything.</summary>
    public static IReadOnlyList<string> Of(string source)
    {
        var finder = new PatternPrefixes(source);
        return finder.Alternatives().Select(static prefix => prefix.Text).Distinct(StringComparer.Ordinal).ToList();
    }

    private List<PatternPrefix> Alternatives()
    {
        var all = Sequence();
        while (_position < _source.Length && _source[_position] == '|')
        {
            _position++;
            all.AddRange(Sequence());
        }

        return all;
    }

    private List<PatternPrefix> Sequence()
    {
        List<PatternPrefix> found = [new("", IsOpen: true)];
        while (_position < _source.Length && _source[_position] is not ('|' or ')'))
        {
            var element = Quantified(Element());
            if (found.Exists(static prefix => prefix.IsOpen))
                found = Concatenate(found, element);
        }

        return found;
    }

    private static List<PatternPrefix> Concatenate(List<PatternPrefix> found, List<PatternPrefix> element)
    {
        var longer = new List<PatternPrefix>();
        foreach (var prefix in found)
        {
            if (!prefix.IsOpen)
                longer.Add(prefix);
            else
                longer.AddRange(element.Select(next => new PatternPrefix(prefix.Text + next.Text, next.IsOpen)));
        }

        return longer.Count <= MaxPrefixes ? longer : Close(found);
    }

    private List<PatternPrefix> Element()
    {
        var c = _source[_position++];
        switch (c)
        {
            case '^':
                return [new("", IsOpen: true)];
            case '(':
                return Group();
            case '[':
                SkipClass();
                return Unknown();
            case '.' or '$':
                return Unknown();
            case '\\':
                return Escape();
            default:
                return [new(c.ToString(), IsOpen: true)];
        }
    }

    private List<PatternPrefix> Group()
    {
        var rest = _source.AsSpan(_position);
        var isLookaround =
            rest.StartsWith("?=", StringComparison.Ordinal)
            || rest.StartsWith("?!", StringComparison.Ordinal)
            || rest.StartsWith("?<=", StringComparison.Ordinal)
            || rest.StartsWith("?<!", StringComparison.Ordinal);
        if (rest.StartsWith("?<", StringComparison.Ordinal) && !isLookaround)
            _position = _source.IndexOf('>', _position) + 1;
        else if (isLookaround || rest.StartsWith("?:", StringComparison.Ordinal))
            _position += rest.StartsWith("?<", StringComparison.Ordinal) ? 3 : 2;

        var inside = Alternatives();
        _position++;
        // What lookaround sees is not consumed.
        if (isLookaround)
            return [new("", IsOpen: true)];
        return inside.Count <= MaxPrefixes ? inside : Unknown();
    }

    private List<PatternPrefix> Escape()
    {
        var c = _source[_position];
        if (c is 'b' or 'B' or 'd' or 'D' or 'w' or 'W' or 's' or 'S' || char.IsAsciiDigit(c))
        {
            _position++;
            return Unknown();
        }

        if (c == 'k')
        {
            // A reference to a named group, or a k: unknown either way, and its name must not be read as text.
            _position++;
            if (_position < _source.Length && _source[_position] == '<' && _source.IndexOf('>', _position) is > 0 and var end)
                _position = end + 1;
            return Unknown();
        }

        return [new(JsEscape.Read(_source, ref _position).ToString(), IsOpen: true)];
    }

    private List<PatternPrefix> Quantified(List<PatternPrefix> element)
    {
        if (_position >= _source.Length)
            return element;

        var c = _source[_position];
        var braceEnd = c == '{' ? JsQuantifier.End(_source, _position) : null;
        if (c is not ('?' or '*' or '+') && braceEnd is null)
            return element;

        _position = braceEnd ?? (_position + 1);
        if (_position < _source.Length && _source[_position] == '?')
            _position++;
        return c switch
        {
            '?' => [new("", IsOpen: true), .. element],
            '+' => Close(element),
            _ => [new("", IsOpen: true), .. Close(element)],
        };
    }

    private void SkipClass()
    {
        while (_source[_position] != ']')
            _position += _source[_position] == '\\' ? 2 : 1;
        _position++;
    }

    private static List<PatternPrefix> Unknown() => [new("", IsOpen: false)];

    private static List<PatternPrefix> Close(List<PatternPrefix> prefixes) =>
        prefixes.ConvertAll(static prefix => prefix with { IsOpen = false });
}
