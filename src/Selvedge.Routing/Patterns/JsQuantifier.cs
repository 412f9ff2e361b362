namespace Selvedge.Routing.Patterns;

/// <summary>Recognises <c>{n}</c>, <c>{n,}</c> and <c>{n,m}</c>; any other brace is a brace.</summary>
internal static class JsQuantifier
{
    // More digits overflow .NET's parser, and no path is that long.
    private const int MaxDigits = 6;

    /// <summary>Where the quantifier that opens with a brace ends, or <see langword="null"/> if the brace opens none.</summary>
    /// <exception cref="PatternFormatException">It repeats something a number of times that no path needs.</exception>
    public static int? End(string source, int brace)
    {
        var i = brace + 1;
        var digits = Digits(source, ref i);
        if (digits == 0)
            return null;
        if (i < source.Length && source[i] == ',')
        {
            i++;
            digits = Math.Max(digits, Digits(source, ref i));
        }

        if (i >= source.Length || source[i] != '}')
            return null;
        if (digits > MaxDigits)
            throw new PatternFormatException($"It repeats something a number of times of more than {MaxDigits} digits.");
        return i + 1;
    }

    private static int Digits(string source, ref int i)
    {
        var start = i;
        while (i < source.Length && char.IsAsciiDigit(source[i]))
            i++;
        return i - start;
    }
}
