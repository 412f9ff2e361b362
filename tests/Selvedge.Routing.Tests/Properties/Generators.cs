using FsCheck;
using FsCheck.Fluent;

namespace Selvedge.Routing.Tests.Properties;

/// <summary>What the properties are tried on: texts that look like patterns, templates, paths and values, hostile ones among them.</summary>
internal static class Generators
{
    /// <summary>Texts out of the pieces that patterns are made of, and any other text.</summary>
    public static Gen<string> Pattern { get; } =
        Gen.OneOf(
            Pieces(
                "/",
                "a",
                "b",
                "A",
                "\u00e9",
                ".",
                "*",
                "+",
                "?",
                "(",
                ")",
                "(?:",
                "(?<n>",
                "(?<m>",
                "(?=",
                "(?!",
                "(?<=",
                "(?<!",
                "[",
                "]",
                "[^",
                "-",
                "^",
                "$",
                "|",
                "{2}",
                "{1,3}",
                "{,2}",
                "{",
                "}",
                "{9999}",
                @"\",
                @"\d",
                @"\W",
                @"\s",
                @"\b",
                @"\1",
                @"\k<n>",
                @"\/",
                @"\-",
                @"\u0041",
                @"\x41",
                @"\cA",
                @"\0",
                "0",
                "a-z",
                "(a+)+",
                "(a|a)*",
                " ",
                "\n"
            ),
            Any
        );

    /// <summary>Texts with the tokens of templates in them.</summary>
    public static Gen<string> Template { get; } =
        Pieces("$", "$0", "$1", "$2", "$12", "$n", "$name", "$wildcard", "${E}", "x", "/", "?", "&", "=", "\u00e9");

    /// <summary>Values of headers, cookies and queries, with everything that must not get through.</summary>
    public static Gen<string> Value { get; } =
        Pieces(
            "a",
            "$1",
            "$n",
            "%0d%0a",
            "\r",
            "\n",
            "\0",
            "%00",
            "\u00e9",
            "\u2028",
            ":",
            "/",
            "..",
            "%2e",
            "%2f",
            "\\",
            "@",
            "?",
            "#",
            "&",
            " ",
            "%",
            "\ud800"
        );

    /// <summary>Paths, with every way up.</summary>
    public static Gen<string> Path { get; } =
        Pieces(
                "/",
                "a",
                "b",
                ".",
                "..",
                "%2e",
                "%2E%2e",
                "%2f",
                "%5c",
                "\\",
                "%00",
                "%c0%ae",
                "%",
                "%zz",
                "index",
                "\u00e9",
                ";",
                "//"
            )
            .Select(static path => "/" + path);

    private static Gen<string> Any => ArbMap.Default.GeneratorFor<NonNull<string>>().Select(static text => text.Get);

    /// <summary>Up to a dozen of some pieces, in any order.</summary>
    public static Gen<string> Pieces(params string[] pieces) =>
        Gen.Choose(0, 12).SelectMany(count => Gen.Elements(pieces).ListOf(count)).Select(static list => string.Concat(list));
}
