namespace Selvedge.Routing;

/// <summary>Who wins when a target's answer carries a header that routing set as well.</summary>
public enum HeaderPrecedence
{
    /// <summary>The target's own header stays (a route without <c>important</c>).</summary>
    Default,

    /// <summary>The routed header replaces the target's (<c>important</c>, and headers that middleware set).</summary>
    Override,

    /// <summary>Both are sent: <c>set-cookie</c> of middleware.</summary>
    Append,
}
