using System.Collections.Frozen;

namespace Selvedge.Server.Loopback;

/// <summary>
/// The names under which a site is known, as a question: <c>example.com</c> at the ports of http and https, <c>example.com:8080</c> at
/// that port, <c>*.example.com</c> for any one name below it.
/// </summary>
internal sealed class SiteNameSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _endings;

    /// <summary>Gathers names, in the form of the setting <c>Hosts</c>.</summary>
    public SiteNameSet(IEnumerable<string> names)
    {
        var all = names
            .Select(name => Normalise(name).ToString())
            .ToLookup(name => name.StartsWith("*.", StringComparison.Ordinal));
        _names = SetOf(all[false]);
        _endings = SetOf(all[true].Select(name => name[1..]));
    }

    /// <summary>Whether an authority (RFC 9110 section 7.2) is one of them.</summary>
    public bool Has(ReadOnlySpan<char> authority)
    {
        var name = Normalise(authority);
        return _names.Contains(name) || (name.IndexOf('.') is > 0 and var dot && _endings.Contains(name[dot..]));
    }

    /// <summary>The one form of an authority: without the port of http or https, and without the dot of the root.</summary>
    // Which of the two ports it was is nothing that a server behind a proxy knows.
    public static ReadOnlySpan<char> Normalise(ReadOnlySpan<char> authority)
    {
        var suffix =
            authority.EndsWith(":80") ? 3
            : authority.EndsWith(":443") ? 4
            : 0;
        return authority[..^suffix].TrimEnd('.');
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SetOf(IEnumerable<string> names) =>
        names.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
