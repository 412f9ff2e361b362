namespace Selvedge.Routing.Patterns;

/// <summary>What JavaScript's character escapes mean, written as the inside of a .NET character class.</summary>
/// <remarks>ECMA-262, CharacterClassEscape: digits and word characters are ASCII there, and Unicode in .NET.</remarks>
internal static class JsCharacterClasses
{
    public const string Digit = "0-9";
    public const string NotDigit = @"\u0000-/:-\uffff";
    public const string Word = "A-Za-z0-9_";

    /// <summary>
    /// Without U+0130 and U+212A, which .NET takes for an i and a k where case does not matter: with them, i and k would be no word
    /// characters.
    /// </summary>
    public const string NotWord = @"\u0000-/:-@\[-\^`{-\u012f\u0131-\u2129\u212b-\uffff";

    public const string Space = @"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    public const string NotSpace =
        @"\u0000-\u0008\u000e-\u001f!-\u009f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff";

    /// <summary>What a dot does not match.</summary>
    public const string LineTerminators = @"\n\r\u2028\u2029";

    /// <summary>Between a word character and none, either way around.</summary>
    public const string WordBoundary = $"(?:(?<=[{Word}])(?![{Word}])|(?<![{Word}])(?=[{Word}]))";

    public const string NoWordBoundary = $"(?:(?<=[{Word}])(?=[{Word}])|(?<![{Word}])(?![{Word}]))";

    /// <summary>The inside of the class that an escape letter stands for, or <see langword="null"/> if it stands for none.</summary>
    public static string? For(char letter) =>
        letter switch
        {
            'd' => Digit,
            'D' => NotDigit,
            'w' => Word,
            'W' => NotWord,
            's' => Space,
            'S' => NotSpace,
            _ => null,
        };
}
