namespace Selvedge.Routing.Memory;

/// <summary>A part of a request that a decision may depend on besides its method, path and query.</summary>
internal enum InputKind
{
    /// <summary>The host.</summary>
    Host,

    /// <summary>A header.</summary>
    Header,

    /// <summary>A cookie.</summary>
    Cookie,
}
