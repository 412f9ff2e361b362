namespace Selvedge.Routing.Config;

/// <summary>A route of <c>config.json</c>, as written.</summary>
public sealed record RouteConfig
{
    /// <summary>Its position in <c>routes</c>, markers counted, so that messages can name it.</summary>
    public int Index { get; init; }

    /// <summary>The phase it belongs to.</summary>
    public RoutePhase Phase { get; init; }

    /// <summary><c>src</c>: a regular expression over the path, in the dialect of JavaScript, anchored at both ends.</summary>
    public required string Src { get; init; }

    /// <summary><c>dest</c>: a path with an optional query, or the URL of another origin.</summary>
    public string? Dest { get; init; }

    /// <summary>The service a <c>destination</c> object names; such a route belongs to a deployment of several services.</summary>
    public string? Service { get; init; }

    /// <summary><c>headers</c>: response headers, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary><c>methods</c>: the only methods it applies to; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary><c>continue</c>: go on with the next route of the phase.</summary>
    public bool Continue { get; init; }

    /// <summary><c>override</c>: forget the status and the redirect that earlier routes prepared.</summary>
    public bool Override { get; init; }

    /// <summary><c>caseSensitive</c>: whether <see cref="Src"/> tells <c>/A</c> from <c>/a</c>. Default false.</summary>
    public bool CaseSensitive { get; init; }

    /// <summary><c>check</c>: the destination must exist, or routing goes on.</summary>
    public bool Check { get; init; }

    /// <summary><c>important</c>: its headers win over those of the answer.</summary>
    public bool Important { get; init; }

    /// <summary><c>status</c>: what the response's status becomes; in the error phase, the status it answers.</summary>
    public int? Status { get; init; }

    /// <summary><c>has</c>: all of these must hold.</summary>
    public IReadOnlyList<ConditionConfig> Has { get; init; } = [];

    /// <summary><c>missing</c>: none of these may hold.</summary>
    public IReadOnlyList<ConditionConfig> Missing { get; init; } = [];

    /// <summary><c>locale</c>: a redirect by language.</summary>
    public LocaleConfig? Locale { get; init; }

    /// <summary><c>middlewarePath</c>: the function to run, with or without a leading slash.</summary>
    public string? MiddlewarePath { get; init; }

    /// <summary><c>mitigate.action</c>: a firewall's verdict, such as <c>deny</c>.</summary>
    public string? Mitigate { get; init; }

    /// <summary><c>transforms</c>: changes to the request and to the response.</summary>
    public IReadOnlyList<TransformConfig> Transforms { get; init; } = [];

    /// <summary><c>env</c>: names of environment variables that its destination and headers may name.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary><c>respectOriginCacheControl</c>: whether another origin's answer may be cached as it says. Default true.</summary>
    public bool RespectOriginCacheControl { get; init; } = true;
}
