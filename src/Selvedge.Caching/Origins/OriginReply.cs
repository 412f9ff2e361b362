using System.Diagnostics.CodeAnalysis;

namespace Selvedge.Caching.Origins;

/// <summary>What an origin answered: the beginning of a response whose body is still arriving, or a failure.</summary>
public sealed class OriginReply : IAsyncDisposable
{
    private readonly IAsyncDisposable? _owner;

    /// <summary>An answer.</summary>
    /// <param name="owner">Ends the exchange when disposed, with the body.</param>
    public OriginReply(IAsyncDisposable owner) => _owner = owner;

    /// <summary>No answer.</summary>
    public OriginReply(FetchFailure failure) => Failure = failure;

    /// <summary>Why there is no answer.</summary>
    public FetchFailure? Failure { get; }

    /// <summary>Whether the origin answered.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Answered => Failure is null;

    /// <summary>The status code.</summary>
    public int Status { get; init; }

    /// <summary>The header fields, one entry a line, hop-by-hop fields removed (RFC 9110 section 7.6.1).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>The body. It throws if it breaks off.</summary>
    public Stream Body { get; init; } = Stream.Null;

    /// <summary>The body's length, if the origin declared it.</summary>
    public long? ContentLength { get; init; }

    /// <summary>
    /// The body, where all of it is in memory and never changes. It is complete before anybody is told of it, and
    /// <see cref="Body"/> is not read.
    /// </summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>How far the resource had got when this was made, in the origin's own count (<see cref="CacheRequest.SeenVersion"/>).</summary>
    public long Version { get; init; }

    /// <summary>Ends the exchange.</summary>
    public ValueTask DisposeAsync() => _owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}
