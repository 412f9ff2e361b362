using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Streams;

/// <summary>Says in an answer how long it took until its headers left, in milliseconds (W3C Server Timing).</summary>
internal sealed class ServerTiming
{
    private readonly TimeProvider _time;
    private readonly long _began;
    private TimeSpan? _admitted;

    public ServerTiming(HttpResponse response, TimeProvider time)
    {
        _time = time;
        _began = time.GetTimestamp();
        response.OnStarting(() =>
        {
            response.Headers["Server-Timing"] = Describe();
            return Task.CompletedTask;
        });
    }

    /// <summary>The request has been let in; what follows is the answer's own.</summary>
    public void Admitted() => _admitted = _time.GetElapsedTime(_began);

    private string Describe()
    {
        var total = _time.GetElapsedTime(_began).TotalMilliseconds;
        return _admitted is { } auth
            ? string.Create(CultureInfo.InvariantCulture, $"auth;dur={auth.TotalMilliseconds:F3}, total;dur={total:F3}")
            : string.Create(CultureInfo.InvariantCulture, $"total;dur={total:F3}");
    }
}
