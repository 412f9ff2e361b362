using Selvedge.BuildOutput;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;

namespace Selvedge.Prerender.Policy;

/// <content>What becomes an entry, and for how long.</content>
public static partial class PrerenderPolicy
{
    // What speaks to the nearest cache first (RFC 9213 section 2.2).
    private static readonly string[] TargetedFields = ["vercel-cdn-cache-control", "cdn-cache-control"];

    /// <summary>Judges what a function rendered.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="fields">Its header fields.</param>
    /// <param name="config">The prerender's configuration, whose times count where the function names none (<c>s-maxage</c>).</param>
    /// <param name="hasState">Whether the state that completes it, if it is the shell of a partial prerender, came with it.</param>
    public static RenderJudgement Judge(
        int status,
        IReadOnlyList<KeyValuePair<string, string>> fields,
        PrerenderConfig config,
        bool hasState = false
    )
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(config);
        var directives = Governing(fields);
        var reason =
            !IsStorable(status) ? NotStored.Status
            : directives.NoStore ? NotStored.NoStore
            : directives.Private ? NotStored.Private
            : FieldLines.Has(fields, "set-cookie") ? NotStored.SetCookie
            : config.Chain is not null && !hasState && IsShell(fields) ? NotStored.Postponed
            : NotStored.None;
        if (reason is not NotStored.None)
        {
            return new RenderJudgement(reason, default, default);
        }

        if (directives.SharedMaxAge is not { } seconds)
        {
            return new RenderJudgement(NotStored.None, config.Expiration, config.StaleExpiration);
        }

        var stale =
            directives.StaleWhileRevalidate is { } more && !IsStaleForEver(fields)
                ? TimeSpan.FromSeconds(seconds + more)
                : config.StaleExpiration;
        return new RenderJudgement(NotStored.None, TimeSpan.FromSeconds(seconds), stale);
    }

    // A redirect and a missing page are answers like any other; an error is not, and neither is a part.
    private static bool IsStorable(int status) => status is (>= 200 and < 400 and not 206 and not 304) or 404 or 410;

    // A shell whose state was left out cannot be completed by anyone.
    private static bool IsShell(IReadOnlyList<KeyValuePair<string, string>> fields) =>
        FieldLines.Combined(fields, "x-nextjs-postponed") == "1";

    // Next.js 14 writes the directive without a value, and means without end.
    private static bool IsStaleForEver(IReadOnlyList<KeyValuePair<string, string>> fields) =>
        FieldLines.Combined(fields, "cache-control") is { } field
        && FieldList.Split(field).Contains("stale-while-revalidate", StringComparer.OrdinalIgnoreCase);

    private static CacheDirectives Governing(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        foreach (var name in TargetedFields)
        {
            if (FieldLines.Combined(fields, name) is { } field && TargetedField.TryParse(field, out var targeted))
            {
                // Addressed to an edge, max-age means the edge.
                return targeted with { SharedMaxAge = targeted.SharedMaxAge ?? targeted.MaxAge };
            }
        }

        return CacheControlField.Parse(FieldLines.Combined(fields, "cache-control"));
    }
}
