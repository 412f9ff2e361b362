using Selvedge.Routing.Memory;

namespace Selvedge.Routing.Requests;

/// <summary>A request while it is being routed: the client's, as the routes so far have changed it.</summary>
/// <param name="request">The client's request.</param>
/// <param name="recorder">Writes down what is read of it; <see langword="null"/> if nobody asks.</param>
internal sealed class LiveRequest(RouteRequest request, InputRecorder? recorder)
{
    /// <summary>The client's request.</summary>
    public RouteRequest Original { get; } = request;

    /// <summary>The path that the next pattern is tried on.</summary>
    public string Path { get; set; } = request.Path;

    /// <summary>The query as merged so far.</summary>
    public string Query { get; set; } = request.Query;

    /// <summary>The path a function will see.</summary>
    public string FunctionPath { get; set; } = request.Path;

    /// <summary>The headers, with what was changed in them.</summary>
    public LiveHeaders Headers { get; } = new(request.Headers);

    /// <summary>The host, without port.</summary>
    public string Host
    {
        get
        {
            recorder?.Add(InputKind.Host, "", Original.Host);
            return Original.Host;
        }
    }

    /// <summary>A header's value now, or <see langword="null"/>.</summary>
    public string? Header(string name)
    {
        var value = Headers.Get(name);
        if (recorder is not null && !Headers.IsChanged(name))
            recorder.Add(InputKind.Header, name, value);
        return value;
    }

    /// <summary>The names of all headers there are now, lower case.</summary>
    public IReadOnlyList<string> HeaderNames()
    {
        recorder?.Spoil();
        return Headers.Names();
    }

    /// <summary>A cookie's value now, or <see langword="null"/>.</summary>
    public string? Cookie(string name)
    {
        var value = CookieHeader.Find(Headers.Get("cookie"), name);
        if (recorder is not null && !Headers.IsChanged("cookie"))
            recorder.Add(InputKind.Cookie, name, value);
        return value;
    }

    /// <summary>The first value of a key of the query now, decoded, or <see langword="null"/>.</summary>
    public string? QueryValue(string key) => QueryString.First(Query, key);
}
