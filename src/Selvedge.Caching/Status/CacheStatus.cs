using System.Globalization;
using System.Text;

namespace Selvedge.Caching.Status;

/// <summary>What happened in the cache, in the words of RFC 9211 (<c>Cache-Status</c>).</summary>
/// <param name="Forward">Why the origin was asked; <see cref="Status.Forward.None"/> for a hit.</param>
public sealed record CacheStatus(Forward Forward)
{
    /// <summary>The field's name.</summary>
    public const string FieldName = "Cache-Status";

    private const string Name = "Selvedge";

    /// <summary>The status the origin answered with.</summary>
    public int? ForwardStatus { get; init; }

    /// <summary>Seconds until the response is stale; negative once it is.</summary>
    public long? TimeToLive { get; init; }

    /// <summary>Whether the response was stored.</summary>
    public bool Stored { get; init; }

    /// <summary>Whether the request shared another one's fetch.</summary>
    public bool Collapsed { get; init; }

    /// <summary>Anything else worth knowing: a token, such as the reason why a response was not stored.</summary>
    public string? Detail { get; init; }

    /// <summary>The field's value.</summary>
    public override string ToString() =>
        Forward is Forward.None && TimeToLive is { } ttl && Detail is null ? $"{Name}; hit; ttl={ttl}" : Compose();

    private string Compose()
    {
        if (
            Forward is not Forward.None
            && ForwardStatus is { } only
            && TimeToLive is null
            && !Stored
            && !Collapsed
            && Detail is null
        )
        {
            // What every answer says that is not for others.
            return string.Create(CultureInfo.InvariantCulture, $"{Name}; fwd={Token(Forward)}; fwd-status={only}");
        }

        var text = new StringBuilder(Name);
        if (Forward is Forward.None)
        {
            text.Append("; hit");
        }
        else
        {
            text.Append("; fwd=").Append(Token(Forward));
        }

        if (ForwardStatus is { } status)
        {
            text.Append(CultureInfo.InvariantCulture, $"; fwd-status={status}");
        }

        if (TimeToLive is { } ttl)
        {
            text.Append(CultureInfo.InvariantCulture, $"; ttl={ttl}");
        }

        text.Append(Stored ? "; stored" : "").Append(Collapsed ? "; collapsed" : "");
        return Detail is null ? text.ToString() : text.Append("; detail=").Append(Detail).ToString();
    }

    private static string Token(Forward forward) =>
        forward switch
        {
            Forward.Bypass => "bypass",
            Forward.Method => "method",
            Forward.VaryMiss => "vary-miss",
            Forward.Request => "request",
            Forward.Stale => "stale",
            Forward.Partial => "partial",
            _ => "uri-miss",
        };
}
