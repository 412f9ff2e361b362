namespace Selvedge.Server.Streams;

/// <summary>What lies under a path of the streams.</summary>
internal enum StreamRouteKind
{
    /// <summary>A stream, or one of the reserved ids beside them.</summary>
    Stream,

    /// <summary>An estuary, or publishing to the streams that estuaries follow.</summary>
    Estuary,

    /// <summary>The configuration of a project.</summary>
    Config,

    /// <summary>Whether the streams are well.</summary>
    Health,
}
