using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Streams;

/// <summary>Step 2 of a request's life: what is a stream's goes to the streams, everything else goes on.</summary>
/// <param name="streams">The streams.</param>
/// <param name="next">Answers everything else.</param>
/// <param name="stopping">Signalled when the server begins to stop.</param>
internal sealed class StreamMount(StreamService streams, RequestDelegate next, CancellationToken stopping)
{
    /// <summary>Answers one request.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (!StreamHost.Handles(http.Request.Path))
        {
            return next(http);
        }

        var waits = HttpMethods.IsGet(http.Request.Method) && http.Request.Query.ContainsKey("live");
        return waits ? AnswerReaderAsync(http) : streams.InvokeAsync(http);
    }

    // Readers that wait for news are let go when the server stops; they come back to its successor with their offsets.
    private async Task AnswerReaderAsync(HttpContext http)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        http.RequestAborted = either.Token;
        await streams.InvokeAsync(http);
        if (stopping.IsCancellationRequested && !http.Response.HasStarted)
        {
            http.Abort();
        }
    }
}
