using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Selvedge.Caching.Status;
using Selvedge.Routing;

namespace Selvedge.Server.Hits;

/// <summary>An answer's header fields as they were sent once, to be sent again to everybody who is routed alike.</summary>
internal sealed class SentFields
{
    // What an answer says of itself alone, or Kestrel for it.
    private static readonly string[] OfOneAnswer =
    [
        "age",
        "cache-status",
        "connection",
        "content-length",
        "transfer-encoding",
        "x-vercel-id",
    ];

    private readonly KeyValuePair<string, StringValues>[] _fields;

    // Replaced once a second; two who do so at once say the same.
    private Times? _times;

    private SentFields(RouteDecision decision, KeyValuePair<string, StringValues>[] fields)
    {
        Decision = decision;
        _fields = fields;
    }

    /// <summary>What routing decided: it has a part in the fields.</summary>
    public RouteDecision Decision { get; }

    /// <summary>Takes over the fields of an answer that has been sent.</summary>
    /// <param name="headers">Its fields.</param>
    /// <param name="decision">What routing decided.</param>
    /// <param name="isDated">Whether the <c>Date</c> is the origin's, and not that of this answer.</param>
    /// <returns><see langword="null"/> if another cache spoke too: its word stands before ours in one field.</returns>
    public static SentFields? Of(IHeaderDictionary headers, RouteDecision decision, bool isDated) =>
        headers[CacheStatus.FieldName].Count > 1
            ? null
            : new SentFields(
                decision,
                [
                    .. headers.Where(field =>
                        !OfOneAnswer.Contains(field.Key, StringComparer.OrdinalIgnoreCase)
                        && (isDated || !field.Key.Equals("date", StringComparison.OrdinalIgnoreCase))
                    ),
                ]
            );

    /// <summary>Puts them on an answer.</summary>
    public void CopyTo(IHeaderDictionary headers)
    {
        foreach (var (name, values) in _fields)
        {
            headers[name] = values;
        }
    }

    /// <summary>Adds what is said of a stored response's time.</summary>
    /// <param name="headers">The answer's fields.</param>
    /// <param name="age">Its age.</param>
    /// <param name="timeToLive">What is left of its lifetime.</param>
    public void AddTimes(IHeaderDictionary headers, TimeSpan age, TimeSpan timeToLive)
    {
        var (aged, left) = ((long)age.TotalSeconds, (long)Math.Floor(timeToLive.TotalSeconds));
        var times = _times;
        if (times is null || times.Aged != aged || times.Left != left)
        {
            _times = times = new Times(
                aged,
                left,
                aged.ToString(CultureInfo.InvariantCulture),
                new CacheStatus(Forward.None) { TimeToLive = left }.ToString()
            );
        }

        headers.Age = times.Age;
        headers[CacheStatus.FieldName] = times.Status;
    }

    private sealed record Times(long Aged, long Left, string Age, string Status);
}
