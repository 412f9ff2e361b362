namespace Selvedge.Routing.Patterns;

/// <summary>
/// The shape of patterns so plain that no engine is needed: a text (<c>/about</c>), or a text and the rest (<c>/docs/(.*)</c>).
/// Half the routes of a real table are one of the two.
/// </summary>
/// <param name="Text">The text, compared as a whole or as a beginning.</param>
/// <param name="HasRest">Whether anything may follow.</param>
/// <param name="MinimumRest">How many characters must follow.</param>
/// <param name="CapturesRest">Whether what follows is group 1.</param>
internal sealed record PathShape(string Text, bool HasRest, int MinimumRest, bool CapturesRest)
{
    /// <summary>The shape of a pattern, or <see langword="null"/> if it is not that plain.</summary>
    public static PathShape? Of(string source)
    {
        var text = source.AsSpan();
        if (text.StartsWith("^", StringComparison.Ordinal))
            text = text[1..];
        if (text.EndsWith("$", StringComparison.Ordinal) && !text.EndsWith(@"\$", StringComparison.Ordinal))
            text = text[..^1];
        // Sound, because a shape holds no other group: if what is left is a shape, the brackets were a pair.
        if (text.StartsWith("(?:", StringComparison.Ordinal) && text.EndsWith(")", StringComparison.Ordinal))
            return Inner(text[3..^1]);
        return Inner(text);
    }

    private static PathShape? Inner(ReadOnlySpan<char> text)
    {
        var capturesRest = text.EndsWith(")", StringComparison.Ordinal);
        var body = capturesRest ? text[..^1] : text;
        var minimum = body.EndsWith(".+", StringComparison.Ordinal) ? 1 : 0;
        var hasRest = minimum == 1 || body.EndsWith(".*", StringComparison.Ordinal);
        if (!hasRest)
            return capturesRest ? null
                : Literal(text) is { } whole ? new PathShape(whole, false, 0, false)
                : null;

        body = body[..^2];
        if (capturesRest && !TrimGroupOpening(ref body))
            return null;
        return Literal(body) is { } literal ? new PathShape(literal, true, minimum, capturesRest) : null;
    }

    private static bool TrimGroupOpening(ref ReadOnlySpan<char> body)
    {
        if (body.EndsWith("(", StringComparison.Ordinal))
        {
            body = body[..^1];
            return true;
        }

        var opening = body.LastIndexOf("(?<", StringComparison.Ordinal);
        if (opening < 0 || body[(opening + 3)..].IndexOfAny("=!") == 0 || body.IndexOf('>') != body.Length - 1)
            return false;
        body = body[..opening];
        return true;
    }

    private static string? Literal(ReadOnlySpan<char> text)
    {
        Span<char> literal = stackalloc char[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\')
            {
                if (++i == text.Length || char.IsAsciiLetterOrDigit(text[i]))
                    return null;
                c = text[i];
            }
            else if (@"^$.|?*+()[]{}".Contains(c, StringComparison.Ordinal))
            {
                return null;
            }

            // Folding letters beyond ASCII is left to the engine.
            if (!char.IsAscii(c))
                return null;
            literal[length++] = c;
        }

        return literal[..length].ToString();
    }
}
