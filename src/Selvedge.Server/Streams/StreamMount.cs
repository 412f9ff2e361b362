using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Streams;

/// <summary>Step 2 of a request's life: what is a stream's goes to the streams, everything else goes on.</summary>
/// <param name="streams">The streams.</param>
/// <param name="next">Answers everything else.</param>
internal sealed class StreamMount(StreamService streams, RequestDelegate next)
{
    /// <summary>Answers one request.</summary>
    public Task InvokeAsync(HttpContext http) => streams.Takes(http.Request.Path) ? streams.InvokeAsync(http) : next(http);
}
