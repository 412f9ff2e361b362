using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Turns;

/// <summary>Answers in the thread pool what may take its time.</summary>
internal static class PoolBound
{
    /// <summary>Leaves the thread on which the request arrived, if others wait for that, until it is answered.</summary>
    /// <param name="http">The request.</param>
    /// <param name="next">Answers it.</param>
    public static Task InvokeAsync(HttpContext http, RequestDelegate next) =>
        // Kestrel runs the requests of HTTP/2 connections in the pool by itself.
        http.Features.Get<ConnectionTurn>()
            is { } turn
            ? InvokeAsync(http, next, turn)
            : next(http);

    private static async Task InvokeAsync(HttpContext http, RequestDelegate next, ConnectionTurn turn)
    {
        await turn.LeaveAsync();
        try
        {
            await next(http);
        }
        finally
        {
            turn.End();
        }
    }
}
