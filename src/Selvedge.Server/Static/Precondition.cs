namespace Selvedge.Server.Static;

/// <summary>What a request's conditions say about sending a representation (RFC 9110 section 13.2.2).</summary>
internal enum Precondition
{
    /// <summary>No condition stands in the way.</summary>
    Proceed,

    /// <summary>The client has this representation: 304.</summary>
    NotModified,

    /// <summary>The client asked about another representation: 412.</summary>
    Failed,
}
