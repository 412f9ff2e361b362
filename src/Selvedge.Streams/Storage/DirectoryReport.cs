namespace Selvedge.Streams.Storage;

/// <summary>What a data directory holds, and in which state a crash or the disk left it.</summary>
public sealed record DirectoryReport
{
    /// <summary>How many streams there are, those kept only for their forks included.</summary>
    public required int Streams { get; init; }

    /// <summary>The bytes of all streams, what forks share counted once.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many write-ahead files wait to be settled; the next start replays them.</summary>
    public required int UnsettledFiles { get; init; }

    /// <summary>How many records were never completed, because of a crash. Nobody was told that they were kept.</summary>
    public required int UnfinishedRecords { get; init; }

    /// <summary>Files an interrupted settling left behind. The next start removes them.</summary>
    public required IReadOnlyList<string> Leftovers { get; init; }

    /// <summary>What the disk has lost, one sentence each; empty in a sound directory.</summary>
    public required IReadOnlyList<string> Damage { get; init; }
}
