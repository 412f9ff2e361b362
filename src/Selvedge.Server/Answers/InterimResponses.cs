using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Selvedge.Server.Functions;

namespace Selvedge.Server.Answers;

/// <summary>Passes an origin's interim responses, such as 103 Early Hints, to the client that waits (RFC 9110 section 15.2).</summary>
/// <remarks>
/// Kestrel has no way to send them, so they are written to the connection below it: only in HTTP/1.1, only for requests without a body
/// (during which Kestrel might say 100 by itself), and only until <see cref="CloseAsync"/>, which comes before the answer. So nobody
/// else writes at the time. Whatever outlives the request may go on to send; it reaches nobody then.
/// </remarks>
internal sealed class InterimResponses
{
    private const int EarlyHints = 103;

    // More would be a flood.
    private const int Most = 16;

    private readonly Lock _lock = new();
    private PipeWriter? _output;
    private Task _flushing = Task.CompletedTask;
    private int _sent;

    private InterimResponses(PipeWriter output) => _output = output;

    /// <summary>For a client that can be sent any; otherwise <see langword="null"/>.</summary>
    public static InterimResponses? For(HttpContext http) =>
        HttpProtocol.IsHttp11(http.Request.Protocol)
        && RequestBody.Of(http) is null
        && http.Features.Get<IConnectionTransportFeature>() is { } connection
            ? new InterimResponses(connection.Transport.Output)
            : null;

    /// <summary>Sends one; not if the client reads too slowly for the one before.</summary>
    /// <param name="status">Its status. 100 and 101 concern one connection only and are left out.</param>
    /// <param name="fields">Its header fields.</param>
    public void Send(int status, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (status is <= StatusCodes.Status101SwitchingProtocols or >= StatusCodes.Status200OK)
        {
            return;
        }

        lock (_lock)
        {
            if (_output is not { } output || _sent == Most || !_flushing.IsCompleted)
            {
                return;
            }

            _sent++;
            output.Write(Compose(status, fields));
            _flushing = output.FlushAsync().AsTask();
        }
    }

    /// <summary>Sends no more. The answer may begin when this completes.</summary>
    public async ValueTask CloseAsync()
    {
        Task flushing;
        lock (_lock)
        {
            _output = null;
            flushing = _flushing;
        }

        // A connection that is gone shows itself when the answer is written.
        await flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static byte[] Compose(int status, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        // The framework does not know the name of 103.
        var reason = status == EarlyHints ? "Early Hints" : ReasonPhrases.GetReasonPhrase(status);
        var head = new StringBuilder($"HTTP/1.1 {status} {reason}\r\n");
        foreach (var (name, value) in fields)
        {
            if (!PrivateHeaders.Contains(name) && !name.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                head.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }

        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }
}
