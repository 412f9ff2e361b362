using Microsoft.AspNetCore.Http;
using Selvedge.Routing;
using Selvedge.Routing.Memory;
using Selvedge.Server.Admission;
using Selvedge.Server.Static;

namespace Selvedge.Server.Hits;

/// <summary>What admission and routing made of a plain request, for all that are like it.</summary>
/// <param name="request">The request.</param>
/// <param name="recollection">What routing decided, and what that depends on.</param>
internal sealed class KnownRequest(AdmittedRequest request, Recollection recollection)
{
    // Copied out: the request itself belongs to its connection.
    private readonly string _scheme = request.Http.Request.Scheme;
    private readonly string _hostName = request.HostName;

    /// <summary>What routing decided.</summary>
    public RouteDecision Decision { get; } = recollection.Decision;

    /// <summary>The path after admission.</summary>
    public string Path { get; } = request.Target.Path;

    /// <summary>The file that answers, if it is one, whose content is kept.</summary>
    public StaticFile? File { get; init; }

    /// <summary>The header fields that the file was sent with.</summary>
    public SentFields? Sent { get; init; }

    /// <summary>The resource in the cache, if the answer lies there.</summary>
    public string CacheKey { get; init; } = "";

    /// <summary>What routing chose to answer, as the cache has it.</summary>
    public string CacheTarget { get; init; } = "";

    /// <summary>Whether admission and routing would make the same of a request for the same host and target.</summary>
    public bool Fits(string scheme, IHeaderDictionary headers) =>
        _scheme == scheme && (!recollection.LooksAtHeaders || recollection.Fits(_hostName, new HttpRequestHeaders(headers)));
}
