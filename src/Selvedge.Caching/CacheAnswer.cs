using Selvedge.Caching.Origins;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching;

/// <summary>
/// How the cache answers: with a stored response, with an origin's reply for this client alone, or with a failure. Exactly one of
/// the three is there.
/// </summary>
public sealed class CacheAnswer : IAsyncDisposable
{
    /// <summary>A response to be read from the cache, its body perhaps still arriving.</summary>
    public StoredResponse? Stored { get; init; }

    /// <summary>An origin's reply, to be streamed on.</summary>
    public OriginReply? Reply { get; init; }

    /// <summary>Why there is no answer.</summary>
    public FetchFailure? Failure { get; init; }

    /// <summary>How old a stored response is; <see langword="null"/> for one that has just arrived.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>The verdict for <c>X-Vercel-Cache</c>.</summary>
    public CacheVerdict Verdict { get; init; }

    /// <summary>The value of <c>Cache-Status</c>.</summary>
    public required CacheStatus Status { get; init; }

    /// <summary>The open file of a body on disk that nobody else uses.</summary>
    internal DiskBody? Held { get; init; }

    /// <summary>Ends the exchange with the origin, and closes the body's file, if they are this client's.</summary>
    public ValueTask DisposeAsync()
    {
        Held?.Release();
        return Reply?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
