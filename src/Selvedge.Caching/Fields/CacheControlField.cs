namespace Selvedge.Caching.Fields;

/// <summary>Parses <c>Cache-Control</c> (RFC 9111 section 5.2), forgiving what can be understood.</summary>
/// <remarks>
/// Where a field contradicts itself the shorter life wins: a duration said twice is the smaller one, and a duration that is no
/// number counts as zero, so that a response is stale rather than kept by mistake (RFC 9111 section 4.2.1). But
/// <c>stale-while-revalidate</c> without any duration, which RFC 5861 does not know, is how Next.js up to 14 and Nitro say that there
/// is no end.
/// </remarks>
public static class CacheControlField
{
    // A duration too great to represent is 2^31 seconds (RFC 9111 section 1.2.2).
    internal const long LongestSeconds = 1L << 31;

    /// <summary>Parses a field, all its lines joined; <see langword="null"/> gives no directives.</summary>
    public static CacheDirectives Parse(string? field)
    {
        if (string.IsNullOrWhiteSpace(field))
        {
            return CacheDirectives.None;
        }

        var directives = CacheDirectives.None;
        foreach (var member in FieldList.Split(field))
        {
            var equals = member.IndexOf('=');
            var name = (equals < 0 ? member : member[..equals]).TrimEnd().ToLowerInvariant();
            var argument = equals < 0 ? null : Unquote(member[(equals + 1)..].TrimStart());
            directives = Add(directives, name, argument);
        }

        return directives;
    }

    private static CacheDirectives Add(CacheDirectives so, string name, string? argument) =>
        name switch
        {
            DirectiveName.MaxAge => so with { MaxAge = Shorter(so.MaxAge, Seconds(argument)) },
            DirectiveName.SharedMaxAge => so with { SharedMaxAge = Shorter(so.SharedMaxAge, Seconds(argument)) },
            DirectiveName.StaleWhileRevalidate => so with
            {
                StaleWhileRevalidate = Shorter(so.StaleWhileRevalidate, argument is null ? LongestSeconds : Seconds(argument)),
            },
            DirectiveName.StaleIfError => so with { StaleIfError = Shorter(so.StaleIfError, Seconds(argument)) },
            DirectiveName.MaxStale => so with
            {
                MaxStale = Shorter(so.MaxStale, argument is null ? LongestSeconds : Seconds(argument)),
            },
            DirectiveName.MinFresh => so with { MinFresh = Math.Max(so.MinFresh ?? 0, Seconds(argument)) },
            DirectiveName.NoStore => so with { NoStore = true },
            DirectiveName.NoCache when argument is null => so with { NoCache = true },
            DirectiveName.Private when argument is null => so with { Private = true },
            DirectiveName.NoCache or DirectiveName.Private => so with
            {
                UnsharedFields = [.. so.UnsharedFields, .. FieldList.Split(argument!)],
            },
            DirectiveName.Public => so with { Public = true },
            DirectiveName.MustRevalidate => so with { MustRevalidate = true },
            DirectiveName.ProxyRevalidate => so with { ProxyRevalidate = true },
            DirectiveName.MustUnderstand => so with { MustUnderstand = true },
            DirectiveName.OnlyIfCached => so with { OnlyIfCached = true },
            _ => so,
        };

    private static long Shorter(long? said, long again) => said is { } before ? Math.Min(before, again) : again;

    private static long Seconds(string? argument)
    {
        if (string.IsNullOrEmpty(argument) || argument.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return 0;
        }

        return long.TryParse(argument, out var seconds) ? Math.Min(seconds, LongestSeconds) : LongestSeconds;
    }

    private static string Unquote(string argument) =>
        argument.Length >= 2 && argument[0] == '"' && argument[^1] == '"'
            ? argument[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : argument;
}
