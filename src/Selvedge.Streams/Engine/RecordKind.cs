namespace Selvedge.Streams.Engine;

/// <summary>What a journal record says happened. The values are stored; never renumber them.</summary>
internal enum RecordKind : byte
{
    /// <summary>A stream was made, with its first bytes if it had any.</summary>
    Create = 1,

    /// <summary>Bytes were added, or the stream was closed, or both; with the writer's state.</summary>
    Append = 2,

    /// <summary>A stream was deleted or expired. Whether its bytes are kept for forks follows from the records before.</summary>
    Delete = 3,

    /// <summary>A stream with a sliding lifetime was used.</summary>
    Touch = 4,
}
