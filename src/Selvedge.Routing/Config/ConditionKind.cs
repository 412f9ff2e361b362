namespace Selvedge.Routing.Config;

/// <summary>What part of a request a condition looks at.</summary>
public enum ConditionKind
{
    /// <summary>The host, without port.</summary>
    Host,

    /// <summary>A header.</summary>
    Header,

    /// <summary>A cookie.</summary>
    Cookie,

    /// <summary>A key of the query.</summary>
    Query,
}
