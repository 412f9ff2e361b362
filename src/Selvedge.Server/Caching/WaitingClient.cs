using Microsoft.AspNetCore.Http;
using Selvedge.Server.Answers;

namespace Selvedge.Server.Caching;

/// <summary>The client behind a request to the cache, as long as it waits for its answer to begin.</summary>
internal abstract class WaitingClient(HttpContext http)
{
    private InterimResponses? _interim;

    /// <summary>Takes interim responses to it. Only made when an origin is asked: a hit does not pay for it.</summary>
    protected InterimResponses? Interim => _interim ??= InterimResponses.For(http);

    /// <summary>Whether anything may still send it interim responses.</summary>
    public bool Listens => _interim is not null;

    /// <summary>Its answer is about to begin.</summary>
    public ValueTask EndWaitAsync() => _interim?.CloseAsync() ?? ValueTask.CompletedTask;
}
