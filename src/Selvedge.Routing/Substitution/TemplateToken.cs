namespace Selvedge.Routing.Substitution;

/// <summary>Reads what follows a <c>$</c>.</summary>
internal static class TemplateToken
{
    /// <summary>Reads a token and moves past it; <see langword="null"/> if what follows names nothing.</summary>
    public static TemplatePart? Read(string text, ref int position, CaptureNames names)
    {
        var rest = text.AsSpan(position);
        foreach (var name in names.LongestFirst)
        {
            if (rest.StartsWith(name, StringComparison.Ordinal))
            {
                position += name.Length;
                return Named(name, names);
            }
        }

        return Braced(rest, ref position, names) ?? Number(rest, ref position, names);
    }

    private static TemplatePart Named(string name, CaptureNames names)
    {
        var group = names.Group(name) ?? -1;
        if (names.IsCondition(name))
            return new TemplatePart(TemplatePartKind.Condition, name, group);
        if (group >= 0)
            return new TemplatePart(TemplatePartKind.Group, name, group);
        if (names.Variable(name) is { } value)
            return new TemplatePart(TemplatePartKind.Literal, value, Group: -1);
        return new TemplatePart(TemplatePartKind.Wildcard, name, Group: -1);
    }

    /// <summary><c>${NAME}</c>, which only variables are written as.</summary>
    private static TemplatePart? Braced(ReadOnlySpan<char> rest, ref int position, CaptureNames names)
    {
        var end = rest.IndexOf('}');
        if (end < 0 || rest[0] != '{' || names.Variable(rest[1..end].ToString()) is not { } value)
            return null;
        position += end + 1;
        return new TemplatePart(TemplatePartKind.Literal, value, Group: -1);
    }

    /// <summary>As many digits as name a group that exists: with nine groups <c>$10</c> is the first and a zero.</summary>
    private static TemplatePart? Number(ReadOnlySpan<char> rest, ref int position, CaptureNames names)
    {
        var group = -1;
        var length = 0;
        for (var number = 0; length < rest.Length && char.IsAsciiDigit(rest[length]); length++)
        {
            number = (number * 10) + (rest[length] - '0');
            if (number > names.GroupCount)
                break;
            group = number;
        }

        if (group < 0)
            return null;
        position += length;
        return new TemplatePart(TemplatePartKind.Group, "", group);
    }
}
