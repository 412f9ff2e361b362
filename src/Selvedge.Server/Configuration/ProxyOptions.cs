namespace Selvedge.Server.Configuration;

/// <summary>How external rewrites are sent on.</summary>
public sealed record ProxyOptions
{
    /// <summary>How long connecting to an origin may take. 10 seconds by default.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an origin may take from the first byte sent to its answer's headers. 120 seconds by default, as on Vercel.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(120);
}
