using Microsoft.AspNetCore.Http;
using Selvedge.Routing;
using Selvedge.Routing.Memory;
using Selvedge.Server.Admission;
using Selvedge.Server.Static;

namespace Selvedge.Server.Hits;

/// <summary>What admission and routing made of a plain request, for all that are like it.</summary>
internal sealed class KnownRequest
{
    /// <summary>What routing decided, and what that depends on.</summary>
    public required Recollection Recollection { get; init; }

    /// <summary>The scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>The host, lower case and without port.</summary>
    public required string HostName { get; init; }

    /// <summary>The path after admission.</summary>
    public required string Path { get; init; }

    /// <summary>The file that answers, if it is one, whose content is kept.</summary>
    public StaticFile? File { get; init; }

    /// <summary>The header fields that the file was sent with.</summary>
    public SentFields? Sent { get; init; }

    /// <summary>Whether another origin answers, and not the site.</summary>
    public bool IsExternal => File is null && Recollection.Decision.Outcome is RouteOutcome.External;

    /// <summary>The resource in the cache, if the answer lies there.</summary>
    public string CacheKey { get; init; } = "";

    /// <summary>What routing chose to answer, as the cache has it.</summary>
    public string CacheTarget { get; init; } = "";

    /// <summary>Whether admission and routing would make the same of a request for the same host and target.</summary>
    public bool Fits(string scheme, IHeaderDictionary headers) =>
        Scheme == scheme && (!Recollection.LooksAtHeaders || Recollection.Fits(HostName, new HttpRequestHeaders(headers)));
}
