using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Functions;

/// <summary>
/// A request's body that several read, one after another and each from its beginning: what middleware has read must still reach the
/// function behind it. It is kept in memory first, in a temporary file beyond that, and gone with the request.
/// </summary>
internal sealed class ReplayableBody
{
    private readonly Stream _kept;
    private CancellationToken _stop;

    private ReplayableBody(HttpContext http, Stream arriving)
    {
        http.Request.Body = new ReadingStream((buffer, _) => arriving.ReadAsync(buffer, _stop));
        http.Request.EnableBuffering();
        _kept = http.Request.Body;
        http.Request.Body = Stream = new ReadingStream(ReadAsync);
    }

    /// <summary>The body, from where it was last read or rewound to.</summary>
    public Stream Stream { get; }

    /// <summary>Makes the body of a request replayable, for everyone who reads it from now on; <see langword="null"/> if there is none.</summary>
    public static ReplayableBody? Of(HttpContext http) =>
        RequestBody.Of(http) is { } arriving ? new ReplayableBody(http, arriving) : null;

    /// <summary>Starts over. Nobody may be reading.</summary>
    public void Rewind() => _kept.Seek(0, SeekOrigin.Begin);

    // A reader that leaves ends the wait for the client, and never the keeping of what has arrived: the next reader would miss it.
    private ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _stop = cancellationToken;
        return _kept.ReadAsync(buffer, CancellationToken.None);
    }
}
