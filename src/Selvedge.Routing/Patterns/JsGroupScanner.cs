namespace Selvedge.Routing.Patterns;

/// <summary>Finds the capturing groups of a pattern before it is translated, since a backreference may precede its group.</summary>
internal static class JsGroupScanner
{
    /// <summary>The names of the groups in the order of their opening parentheses, <see langword="null"/> for those without.</summary>
    /// <exception cref="PatternFormatException">A group's name is not an identifier, or is used twice.</exception>
    public static List<string?> Scan(string source)
    {
        var names = new List<string?>();
        var inClass = false;
        for (var i = 0; i < source.Length; i++)
        {
            switch (source[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    Open(source, i + 1, names);
                    break;
                default:
                    break;
            }
        }

        return names;
    }

    private static void Open(string source, int start, List<string?> names)
    {
        var rest = source.AsSpan(start);
        if (!rest.StartsWith("?", StringComparison.Ordinal))
        {
            names.Add(null);
            return;
        }

        if (!rest.StartsWith("?<", StringComparison.Ordinal) || (rest.Length > 2 && rest[2] is '=' or '!'))
            return;

        var end = rest.IndexOf('>');
        var name = end < 0 ? "" : rest[2..end].ToString();
        if (!IsIdentifier(name))
            throw new PatternFormatException($"It names a group \"{name}\"; a name is letters, digits, _ and $, no digit first.");
        if (names.Contains(name))
            throw new PatternFormatException($"It has two groups named \"{name}\".");
        names.Add(name);
    }

    private static bool IsIdentifier(string name)
    {
        if (name.Length == 0 || char.IsDigit(name[0]))
            return false;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '$'))
                return false;
        }

        return true;
    }
}
